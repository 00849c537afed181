// docs/guide/coming-from.md: each of its rows names a test that exists.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace hipchat::testing {
namespace {

// What stands between back quotes in the last cell of a table's row: `peer_hello.describes_itself`.
std::vector<std::string> proofs_in(const std::string& path) {
    std::ifstream document(path);
    std::vector<std::string> named;
    for (std::string line; std::getline(document, line);) {
        const std::size_t cell = line.find("| `peer_");
        if (!line.starts_with("| ") || cell == std::string::npos) continue;
        const std::size_t begin = cell + 3;
        named.push_back(line.substr(begin, line.find('`', begin) - begin));
    }
    return named;
}

// "SUITE.TEST" of every test of this program.
std::set<std::string> all_tests() {
    std::set<std::string> names;
    const auto& all = *::testing::UnitTest::GetInstance();
    for (int i = 0; i < all.total_test_suite_count(); ++i) {
        const auto& suite = *all.GetTestSuite(i);
        for (int j = 0; j < suite.total_test_count(); ++j)
            names.insert(std::string(suite.name()) + "." + suite.GetTestInfo(j)->name());
    }
    return names;
}

TEST(coming_from, names_a_test_that_exists_in_each_row) {
    const std::set<std::string> tests = all_tests();
    const std::vector<std::string> named = proofs_in(HIPCHAT_COMING_FROM);
    EXPECT_GT(named.size(), 30U) << "the rows were not found";
    for (const std::string& proof : named)
        EXPECT_TRUE(tests.contains(proof)) << proof << " is no test";
    for (const std::string& test : tests) {
        const bool proves = !test.starts_with("peer_") || std::ranges::count(named, test) > 0;
        EXPECT_TRUE(proves) << test << " proves no row";
    }
}

TEST(coming_from, has_a_proof_in_each_row_of_its_tables) {
    std::ifstream document(HIPCHAT_COMING_FROM);
    bool table = false;
    for (std::string line; std::getline(document, line);) {
        if (line.starts_with("| ---")) {
            table = true;
        } else if (!line.starts_with("|")) {
            table = false;
        } else if (table) {
            EXPECT_NE(line.find("| `peer_"), std::string::npos) << line;
        }
    }
}

}  // namespace
}  // namespace hipchat::testing
