#include <gtest/gtest.h>

#include <array>
#include <string>

#include "fixture.hpp"
#include "hipchat/errors.hpp"
#include "protocol/message.hpp"

namespace hipchat::protocol {
namespace {

std::string times(std::size_t count, const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

// proves: addon 8.1 message_format
TEST(notification, is_text_unless_it_says_html) {
    EXPECT_EQ(json::value(write_notification(notification("<b>"))),
              json::parse(R"({"message":"<b>","message_format":"text","color":"yellow",)"
                          R"("notify":false})"));
    EXPECT_EQ(write_notification(notification::html("<b>x</b>")).at("message_format"), "html");
}

// proves: addon 8.1 color; addon 8.1 notify
TEST(notification, is_read_as_it_was_written) {
    for (const color background :
         {color::yellow, color::green, color::red, color::purple, color::gray, color::random}) {
        const notification sent = notification("deployed").in(background).notify().from("CI");
        const auto result = read_notification(json::value(write_notification(sent)));
        const auto* read = std::get_if<notification>(&result);
        ASSERT_NE(read, nullptr);
        EXPECT_EQ(read->message(), "deployed");
        EXPECT_EQ(read->format(), message_format::text);
        EXPECT_EQ(read->background(), background);
        EXPECT_TRUE(read->notifies());
        EXPECT_EQ(read->label(), "CI");
    }
}

TEST(notification, reads_the_samples) {
    const auto request = read_notification(test::fixture_json("notification.request.json"));
    ASSERT_TRUE(std::holds_alternative<notification>(request));
    EXPECT_EQ(std::get<notification>(request).message(), "Build 812 failed on staging");
    EXPECT_EQ(std::get<notification>(request).background(), color::red);
    const json::value answer = test::fixture_json("webhook.response.notification.json");
    const auto answered = read_notification(answer);
    ASSERT_TRUE(std::holds_alternative<notification>(answered));
    EXPECT_EQ(json::value(write_notification(std::get<notification>(answered))), answer);
}

std::string flaw_of(const notification& sent) {
    try {
        write_notification(sent);
        return {};
    } catch (const config_error& error) {
        return error.what();
    }
}

// proves: addon 8.1 message; addon 8.1 from
TEST(notification, is_refused_before_sending_when_a_limit_is_exceeded) {
    EXPECT_EQ(flaw_of(notification(times(10000, "\xC3\xA4"))), "");
    EXPECT_TRUE(flaw_of(notification(times(10001, "x"))).starts_with("message "));
    EXPECT_TRUE(flaw_of(notification("")).starts_with("message "));
    EXPECT_TRUE(flaw_of(notification("\xFF")).starts_with("message "));
    EXPECT_TRUE(flaw_of(notification("\xED\xA0\x80")).starts_with("message "));
    EXPECT_EQ(flaw_of(notification("x").from(times(64, "\xE2\x82\xAC"))), "");
    EXPECT_TRUE(flaw_of(notification("x").from(times(65, "x"))).starts_with("from "));
}

notification read(const std::string& text) {
    return std::get<notification>(read_notification(json::parse(text)));
}

TEST(notification, has_the_hosts_defaults) {
    const notification value = read(R"({"message":"x"})");
    EXPECT_EQ(value.format(), message_format::html);
    EXPECT_EQ(value.background(), color::yellow);
    EXPECT_FALSE(value.notifies());
    EXPECT_EQ(value.label(), "");
}

TEST(notification, tolerates_what_old_add_ons_send) {
    EXPECT_TRUE(read(R"({"message":"x","notify":"true"})").notifies());
    EXPECT_FALSE(read(R"({"message":"x","notify":"false"})").notifies());
    EXPECT_FALSE(read(R"({"message":"x","notify":null,"from":null,"color":null})").notifies());
    EXPECT_EQ(read(R"({"message":"x","format":"text","card":{"style":1}})").message(), "x");
}

struct bad_body {
    std::string text;
    std::string field;
    std::string rule;
};

TEST(notification, says_which_field_broke_which_rule) {
    const std::array<bad_body, 13> cases = {{
        {"[]", "body", "type"},
        {"{}", "message", "required"},
        {R"({"message":null})", "message", "required"},
        {R"({"message":1})", "message", "type"},
        {R"({"message":""})", "message", "min_length"},
        {R"({"message":")" + times(10001, "x") + "\"}", "message", "max_length"},
        {R"({"message":"x","message_format":"bbcode"})", "message_format", "enum"},
        {R"({"message":"x","message_format":1})", "message_format", "type"},
        {R"({"message":"x","color":"teal"})", "color", "enum"},
        {R"({"message":"x","color":[]})", "color", "type"},
        {R"({"message":"x","notify":"perhaps"})", "notify", "type"},
        {R"({"message":"x","from":")" + times(65, "x") + "\"}", "from", "max_length"},
        {R"({"message":"x","from":1})", "from", "type"},
    }};
    for (const bad_body& each : cases) {
        const auto result = read_notification(json::parse(each.text));
        const auto* failure = std::get_if<validation_failure>(&result);
        ASSERT_NE(failure, nullptr) << each.text;
        EXPECT_EQ(failure->field, each.field) << each.text;
        EXPECT_EQ(failure->validation, each.rule) << each.text;
        EXPECT_NE(failure->message, "") << each.text;
    }
}

TEST(notification, is_refused_in_the_words_of_the_sample) {
    const auto result = read_notification(json::parse(R"({"message":"x","color":"teal"})"));
    EXPECT_EQ(json::value(write_validation_error(std::get<validation_failure>(result))),
              test::fixture_json("error.validation.json"));
}

}  // namespace
}  // namespace hipchat::protocol
