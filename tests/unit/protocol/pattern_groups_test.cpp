// What the groups of a pattern catch, whichever engine searches.

#include <gtest/gtest.h>

#include "protocol/pattern.hpp"

namespace hipchat::protocol {
namespace {

pattern with_groups(std::string_view text) {
    return pattern(text, pattern::groups::kept);
}

// Look-ahead is what RE2 refuses: "(?=)" sends a pattern to PCRE2 and changes nothing else.
class pattern_groups : public ::testing::TestWithParam<bool> {
protected:
    pattern made(const std::string& text) const {
        pattern result = with_groups(GetParam() ? "(?=)" + text : text);
        EXPECT_EQ(result.slow_in(10), GetParam()) << text;
        return result;
    }
};

TEST_P(pattern_groups, are_the_whole_match_and_each_part) {
    const auto found = made("karma ([a-z]+)(\\+\\+|--)").search("say karma ada++ now");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 3U);
    EXPECT_EQ(found->text(), "karma ada++");
    EXPECT_EQ((*found)[0], "karma ada++");
    EXPECT_EQ((*found)[1], "ada");
    EXPECT_EQ((*found)[2], "++");
    EXPECT_EQ((*found)[3], "");
    EXPECT_EQ(found->before(), "say ");
    EXPECT_EQ(found->after(), " now");
}

TEST_P(pattern_groups, have_names) {
    const auto found = made("(?P<who>\\w+)(?P<how>\\+\\+|--)").search("ada--");
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)["who"], "ada");
    EXPECT_EQ((*found)["how"], "--");
    EXPECT_EQ((*found)["why"], "");
}

TEST_P(pattern_groups, tell_what_took_no_part_from_what_caught_nothing) {
    const auto found = made("(a)|(b)(c*)").search("b");
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->took_part(1));
    EXPECT_TRUE(found->took_part(2));
    EXPECT_TRUE(found->took_part(3));
    EXPECT_EQ((*found)[3], "");
    EXPECT_FALSE(found->took_part(9));
}

TEST_P(pattern_groups, are_none_where_nothing_is_found) {
    EXPECT_FALSE(made("^/karma").search("try /karma"));
}

TEST_P(pattern_groups, are_texts_of_their_own) {
    std::optional<match> found;
    {
        const std::string subject = "a long enough text, so that nothing of it is kept in place";
        found = made("(long) (enough)").search(subject);
    }
    ASSERT_TRUE(found);
    const match copy = *found;
    found.reset();
    EXPECT_EQ(copy[2], "enough");
}

INSTANTIATE_TEST_SUITE_P(engines, pattern_groups, ::testing::Values(false, true),
                         [](const auto& chosen) { return chosen.param ? "pcre2" : "re2"; });

TEST(pattern_groups_of_both_engines, find_the_empty_text) {
    const auto found = with_groups("^(x?)$").search("");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 2U);
    EXPECT_TRUE(found->took_part(0));
    EXPECT_TRUE(with_groups("^$").search(std::string_view())->took_part(0));
}

TEST(pattern_groups_of_both_engines, are_searched_beside_the_loop_where_that_may_take_long) {
    EXPECT_FALSE(with_groups("^/karma (\\w+)").slow_in(200));
    EXPECT_TRUE(with_groups("^/karma (\\w+)").slow_in(32'768));
    EXPECT_TRUE(with_groups("(a)\\1").slow_in(1));
}

TEST(pattern_groups_of_both_engines, end_within_their_budget) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(with_groups("(?=)((a*)*)*b").search(std::string(5000, 'a')));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(match, is_empty_where_nothing_was_searched) {
    const match none;
    EXPECT_EQ(none.size(), 0U);
    EXPECT_EQ(none.text(), "");
    EXPECT_EQ(none[1], "");
    EXPECT_EQ(none["name"], "");
    EXPECT_EQ(none.before(), "");
    EXPECT_EQ(none.after(), "");
}

}  // namespace
}  // namespace hipchat::protocol
