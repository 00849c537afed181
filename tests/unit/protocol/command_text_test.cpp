// What people type after a slash command, and which messages are one.

#include "protocol/command_text.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "protocol/pattern.hpp"

namespace hipchat::protocol {
namespace {

using words = std::vector<std::string>;

TEST(command_text, is_a_name_and_the_rest) {
    EXPECT_EQ(read_command("/standup add  Ada ").name, "/standup");
    EXPECT_EQ(read_command("/standup \t add  Ada\n").rest, "add  Ada");
    EXPECT_EQ(read_command("/standup").rest, "");
    EXPECT_EQ(read_command("/standup   ").rest, "");
    EXPECT_EQ(read_command("").name, "");
}

TEST(command_text, is_split_into_words_as_a_shell_does) {
    EXPECT_EQ(split_words(""), words());
    EXPECT_EQ(split_words(" \t\n"), words());
    EXPECT_EQ(split_words(" a  b\tc\n"), (words{"a", "b", "c"}));
    EXPECT_EQ(split_words("'a b' \"c d\""), (words{"a b", "c d"}));
    EXPECT_EQ(split_words("a' 'b\"c\""), (words{"a bc"}));
    EXPECT_EQ(split_words("'' \"\""), (words{"", ""}));
    EXPECT_EQ(split_words(R"(a\ b \"c\' \\)"), (words{"a b", "\"c'", "\\"}));
    EXPECT_EQ(split_words(R"("say \"hi\" \\ \n")"), (words{R"(say "hi" \ \n)"}));
    EXPECT_EQ(split_words(R"('\"')"), (words{R"(\")"}));
    EXPECT_EQ(split_words("\xC3\xA4 \xF0\x9F\x98\x80"), (words{"\xC3\xA4", "\xF0\x9F\x98\x80"}));
}

TEST(command_text, takes_a_quote_that_is_not_closed_for_a_character) {
    EXPECT_EQ(split_words("I don't know"), (words{"I", "don't", "know"}));
    EXPECT_EQ(split_words("5\" disk"), (words{"5\"", "disk"}));
    EXPECT_EQ(split_words("a 'b \"c d\""), (words{"a", "'b", "c d"}));
    EXPECT_EQ(split_words("end\\"), (words{"end\\"}));
    EXPECT_EQ(split_words("\"a\\"), (words{"\"a\\"}));
    EXPECT_EQ(split_words("\"a\\\""), (words{"\"a\""}));
}

TEST(command_text, is_split_in_time_proportional_to_its_length) {
    const auto begin = std::chrono::steady_clock::now();
    std::string text;
    for (int i = 0; i < 300'000; ++i)
        text += i % 2 == 0 ? "\\\"" : "x ";
    text += '"';
    for (int i = 0; i < 300'000; ++i)
        text += '\'';
    EXPECT_GT(split_words(text + "'").size(), 100'000U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(command_text, is_found_at_the_beginning_and_as_a_whole_word) {
    const pattern one(command_pattern(words{"/standup"}));
    EXPECT_EQ(one.text(), "^/standup(\\s|$)");
    EXPECT_TRUE(one.found_in("/standup"));
    EXPECT_TRUE(one.found_in("/standup add Ada"));
    EXPECT_TRUE(one.found_in("/standup\tadd"));
    EXPECT_TRUE(one.found_in("/standup\nadd"));
    EXPECT_FALSE(one.found_in("/standups"));
    EXPECT_FALSE(one.found_in("/standup-now"));
    EXPECT_FALSE(one.found_in("try /standup"));
    EXPECT_FALSE(one.found_in("/Standup"));
    const pattern two(command_pattern(words{"/standup", "/su"}));
    EXPECT_EQ(two.text(), "^(/standup|/su)(\\s|$)");
    EXPECT_TRUE(two.found_in("/su now"));
    EXPECT_FALSE(two.found_in("/sun"));
}

TEST(command_text, may_hold_characters_that_mean_something_in_a_pattern) {
    for (const char* name : {"/c++", "/what?", "/a.b", "/(x)", "/[x]", "/a|b", "/a\\b", "/$", "/^a",
                             "/a{2}", "/a*", "/#1", "/caf\x7e"}) {
        ASSERT_TRUE(is_command_name(name)) << name;
        const pattern made(command_pattern(words{name}));
        EXPECT_TRUE(made.found_in(std::string(name) + " x")) << name;
        EXPECT_FALSE(made.found_in("/axb")) << name;
    }
}

TEST(command_text, begins_with_a_slash_and_has_no_blanks) {
    for (const char* name : {"/standup", "/s", "/!", "//"})
        EXPECT_TRUE(is_command_name(name)) << name;
    for (const std::string& name :
         {std::string(), std::string("/"), std::string("standup"), std::string("/stand up"),
          std::string("/\xC3\xA4"), std::string("/") + std::string(41, 'a')})
        EXPECT_FALSE(is_command_name(name)) << name;
}

}  // namespace
}  // namespace hipchat::protocol
