#include "protocol/pattern.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

struct search {
    std::string pattern;
    std::string subject;
    bool found;
};

void expect_all(const std::vector<search>& cases) {
    for (const search& each : cases)
        EXPECT_EQ(pattern(each.pattern).found_in(each.subject), each.found)
            << each.pattern << " in " << each.subject;
}

// proves: addon 5.2 search
TEST(pattern, searches_anywhere_and_minds_case) {
    expect_all({{"^/karma", "/karma ada", true},
                {"^/karma", "try /karma", false},
                {"karma", "try /karma", true},
                {"karma", "KARMA", false},
                {"(yes|no)", "oh no", true},
                {"^/deploy(\\s|$)", "/deploy", true},
                {"^/deploy(\\s|$)", "/deployed", false},
                {"^/deploy(\\s|$)", "/deploy\vnow", true},
                {"^[\\s]$", "\v", true},
                {"\\S", " \t\v\n", false},
                {"^[a\\s-]$", "-", true},
                {"https?\\:", "see http://x", true},
                {"\\bcat\\b", "a cat.", true},
                {"\\bcat\\b", "concat", false},
                {"a.*?b", "a--b--b", true},
                {"", "anything", true},
                {"^$", "", true}});
}

// proves: addon 5.2 dialect
TEST(pattern, reads_flags_at_the_start_and_ignores_unknown_ones) {
    expect_all({{"(?i)karma", "KARMA", true},
                {"(?gi)karma", "KARMA", true},
                {"(?g)karma", "KARMA", false},
                {"(?u)(?i)karma", "KARMA", true},
                {"(?m)^b$", "a\nb\nc", true},
                {"^b$", "a\nb\nc", false},
                {"(?s)a.b", "a\nb", true},
                {"a.b", "a\nb", false},
                {"(?x) a b # comment", "ab", true},
                {"(?i:a)b", "Ab", true}});
}

// proves: addon 5.2 dialect
TEST(pattern, reads_hexadecimal_characters_in_every_spelling) {
    expect_all({{"\\x{00e4}", "\xC3\xA4", true},
                {"\\u00e4", "\xC3\xA4", true},
                {"\\xe4", "\xC3\xA4", true},
                {"\\ud83d\\ude00", "\xF0\x9F\x98\x80", true},
                {"\\x{1F600}", "\xF0\x9F\x98\x80", true},
                {"[\\u0041-\\u0043]", "B", true},
                {"\\u12", "u12", true},
                {"\\xq", "xq", true},
                {"\\x41", "A", true}});
}

// proves: addon 5.2 dialect
TEST(pattern, takes_an_unknown_escape_for_the_character) {
    expect_all({{"\\:\\/\\.\\-\\_\\@\\#", ":/.-_@#", true},
                {"\\q\\y", "qy", true},
                {"\\Q.\\E", "Q.E", true},
                {"\\pL", "pL", true},
                {"\\h", "h", true},
                {"\\h", " ", false},
                {"\\K", "K", true},
                {"\\R", "R", true},
                {"\\C", "C", true},
                {"[\\q]", "q", true},
                {"[\\.\\]]", "]", true},
                {"\\\xC3\xA4", "\xC3\xA4", true}});
}

TEST(pattern, knows_the_classes_and_anchors_of_the_dialect) {
    expect_all({{"\\d\\D\\w\\W\\s\\S", "1aa- a", true},
                {"\\Aab\\Z", "ab", true},
                {"\\Aab\\Z", "abc", false},
                {"ab$", "ab\n", true},
                {"ab$", "ab\nc", false},
                {"[$]", "$", true},
                {"\\$", "$", true},
                {"[\\b]", "\b", true},
                {"\\012", "\n", true},
                {"\\0", std::string(1, '\0'), true},
                {"\\v", "\v", true},
                {"\\a", "\a", true},
                {"[[:alpha:]]", "a]", true},
                {"[]a]+", "]", true},
                {"[^]a]", "]", false},
                {"^a{,2}$", "aa", true},
                {"^a{,2}$", "aaa", false},
                {"a{2,3}", "aa", true},
                {"(?P<word>\\w+)!", "hey!", true}});
}

// proves: addon 5.2 dialect
TEST(pattern, gives_what_needs_backtracking_to_the_other_engine) {
    expect_all({{"^(?=.*b)a", "a--b", true},
                {"^(?=.*b)a", "a--c", false},
                {"foo(?!bar)", "foobar foobaz", true},
                {"foo(?!bar)", "foobar", false},
                {"(?<=\\$)\\d+", "$5", true},
                {"(\\w)\\1", "hello", true},
                {"(\\w)\\1", "helo", false},
                {"(?P<c>.)(?P=c)", "aa", true},
                {"(?#comment)a", "a", true},
                {"(?=\\u00e4)", "\xC3\xA4", true},
                {"(?i)(?=KARMA)", "karma", true}});
    EXPECT_TRUE(pattern("^(?=.*b)a").slow());
    EXPECT_FALSE(pattern("^/karma").slow());
}

TEST(pattern, searches_subjects_that_are_not_utf8) {
    EXPECT_TRUE(
        pattern("b").found_in("a\xFF"
                              "b"));
    EXPECT_TRUE(
        pattern("(?=b)").found_in("a\xFF"
                                  "b"));
    EXPECT_FALSE(
        pattern("(?=c)").found_in("a\xFF"
                                  "b"));
    EXPECT_TRUE(pattern("\xE4").found_in("\xE4"));
}

TEST(pattern, refuses_what_no_engine_reads_and_says_where) {
    for (const std::string text : {"(", ")", "[", "a**", "*a", "(?P<>x)", "\\", "[b-a]", "(?<n",
                                   "a{5,2}", "(?y:a)", "\\x{110000}"})
        EXPECT_THROW(const pattern compiled(text), config_error) << text;
    try {
        const pattern compiled("(?i)\\u0041(");
        FAIL();
    } catch (const config_error& error) {
        EXPECT_NE(std::string(error.what()).find("at character 12"), std::string::npos)
            << error.what();
    }
    EXPECT_THROW(const pattern compiled(std::string(4097, 'a')), config_error);
    EXPECT_NO_THROW(const pattern compiled(std::string(4096, 'a')));
}

TEST(pattern, looks_at_the_first_32768_bytes_only) {
    const std::string padding(32768, ' ');
    EXPECT_FALSE(pattern("x").found_in(padding + "x"));
    EXPECT_TRUE(pattern("x").found_in(padding.substr(1) + "x"));
    EXPECT_FALSE(pattern("(?=x)").found_in(padding + "x"));
}

// The budget is 10 ms. The bound leaves room for sanitizers and a busy machine; without a budget
// these searches take from seconds to longer than the universe.
TEST(pattern, ends_a_catastrophic_search_within_its_budget) {
    const std::string subject = std::string(32000, 'a') + "!";
    for (const std::string text :
         {"^(?=(a+)+$)", "(?=(a+)+$)", "(a|aa)+\\1$(?=b)", "(?=(.*)*x)", "(?:(?=.*x)?.)*y(?=z)",
          "(a*)*b(?=c)", "(?=a*a*a*a*a*b)", "(.)*\\1\\1\\1(?=x)b"}) {
        const pattern compiled(text);
        ASSERT_TRUE(compiled.slow());
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_FALSE(compiled.found_in(subject)) << text;
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(taken.count(), 0.5) << text;
    }
}

TEST(pattern, is_linear_where_it_does_not_backtrack) {
    const std::string subject = std::string(32000, 'a') + "!";
    for (const std::string text : {"(a+)+$", "(a|aa)+$", "(.*)*x", "[ab]*a[ab]{12}$"}) {
        const pattern compiled(text);
        EXPECT_FALSE(compiled.slow()) << text;
        EXPECT_FALSE(compiled.found_in(subject)) << text;
    }
}

TEST(pattern, does_not_let_counted_repeats_grow_large) {
    EXPECT_TRUE(pattern("(?:[a-z]{1,30}){1,30}!").slow());
    EXPECT_THROW(const pattern compiled("(((a{1000}){1000}){1000}){1000}"), config_error);
}

TEST(pattern, keeps_its_text_when_moved) {
    pattern first("^/karma");
    const pattern second(std::move(first));
    EXPECT_EQ(second.text(), "^/karma");
    EXPECT_TRUE(second.found_in("/karma"));
}

}  // namespace
}  // namespace hipchat::protocol
