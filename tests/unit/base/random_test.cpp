#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace hipchat {
namespace {

TEST(random, makes_text_of_the_given_length) {
    for (const std::size_t length : {0U, 1U, 20U, 63U, 64U, 65U, 1000U})
        EXPECT_EQ(random_alphanumeric(length).size(), length);
}

TEST(random, uses_every_letter_about_equally_often) {
    constexpr int letters = 62;
    constexpr int each = 2000;
    std::map<char, int> counts;
    for (const char c : random_alphanumeric(letters * each))
        ++counts[c];
    EXPECT_EQ(counts.size(), 62U);
    for (const auto& [letter, count] : counts) {
        EXPECT_TRUE((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
                    || (letter >= '0' && letter <= '9'));
        // Ten standard deviations; an alphabet folded from 256 values would be off by a quarter.
        EXPECT_NEAR(count, each, 450) << letter;
    }
}

TEST(random, shares_lie_between_nothing_and_everything) {
    double least = 1;
    double most = 0;
    for (int i = 0; i < 1000; ++i) {
        const double share = share_of_one();
        least = std::min(least, share);
        most = std::max(most, share);
    }
    // Each fails by chance once in 10^45.
    EXPECT_GE(least, 0);
    EXPECT_LT(least, 0.1);
    EXPECT_GT(most, 0.9);
    EXPECT_LE(most, 1);
}

TEST(random, does_not_repeat_itself) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(seen.insert(random_alphanumeric(20)).second);
        EXPECT_TRUE(seen.insert(random_uuid()).second);
    }
}

TEST(random, makes_version_4_uuids) {
    for (int i = 0; i < 200; ++i) {
        const std::string uuid = random_uuid();
        ASSERT_EQ(uuid.size(), 36U);
        for (std::size_t place = 0; place < uuid.size(); ++place) {
            const bool dash = place == 8 || place == 13 || place == 18 || place == 23;
            const std::string_view allowed = dash ? "-" : "0123456789abcdef";
            EXPECT_NE(allowed.find(uuid[place]), std::string_view::npos) << uuid;
        }
        EXPECT_EQ(uuid[14], '4');
        EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
    }
}

}  // namespace
}  // namespace hipchat
