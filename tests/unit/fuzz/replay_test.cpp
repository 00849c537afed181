// What fuzzing has found stays found: each input that once broke a target is replayed in every
// build.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "property.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::is_directory(folder)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

std::string read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void replay(const target& to, const std::filesystem::path& folder) {
    for (const auto& file : files_in(folder))
        EXPECT_NO_THROW(to.run(read(file))) << to.name << " with " << file;
}

class fuzz_target : public ::testing::TestWithParam<target> {};

TEST_P(fuzz_target, keeps_its_promises_for_what_once_broke_it) {
    replay(GetParam(), std::filesystem::path(HIPCHAT_REGRESSIONS) / GetParam().name);
}

TEST_P(fuzz_target, keeps_its_promises_for_the_samples_and_for_nothing) {
    replay(GetParam(), std::filesystem::path(HIPCHAT_FIXTURES) / "protocol");
    EXPECT_NO_THROW(GetParam().run(""));
    EXPECT_NO_THROW(GetParam().run("\n"));
}

INSTANTIATE_TEST_SUITE_P(all, fuzz_target, ::testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(fuzz_regressions, belong_to_targets_that_exist) {
    for (const auto& entry : std::filesystem::directory_iterator(HIPCHAT_REGRESSIONS)) {
        const std::string name = entry.path().filename().string();
        if (!entry.is_directory()) continue;
        EXPECT_TRUE(std::ranges::any_of(targets(), [&](const target& to) {
            return to.name == name;
        })) << name;
    }
}

TEST(fuzz_property, throws_when_it_does_not_hold) {
    EXPECT_NO_THROW(require(true, "holds"));
    EXPECT_THROW(require(false, "does not"), broken_property);
}

}  // namespace
}  // namespace hipchat::fuzz
