#include "host/connect/delivery_rules.hpp"

#include <gtest/gtest.h>

#include "sample.hpp"

namespace hipchat::host {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using reason = transport_error::reason;

std::optional<posting> found_in(int status, std::string_view body,
                                const client& from = sample::greeter()) {
    std::string flaw;
    return posting_in(from, status, body, flaw);
}

TEST(delivery_rules, double_the_pause_between_connects_for_about_a_minute) {
    const delivery_options options;
    milliseconds all{0};
    unsigned attempts = 1;
    while (const auto pause = retry_after(reason::connect, attempts, options)) {
        EXPECT_EQ(*pause, seconds(1LL << (attempts - 1)));
        all += *pause;
        ++attempts;
    }
    EXPECT_EQ(attempts, options.attempts);
    EXPECT_EQ(all, seconds(63));
}

TEST(delivery_rules, never_repeat_what_the_add_on_may_have_received) {
    const delivery_options options;
    EXPECT_FALSE(retry_after(std::nullopt, 1, options));
    for (const reason why : {reason::timeout, reason::broken, reason::too_large, reason::tls,
                             reason::refused_destination})
        EXPECT_FALSE(retry_after(why, 1, options));
}

TEST(delivery_rules, take_a_json_object_of_a_2xx_as_a_notification) {
    const auto found =
        found_in(200, R"({"message":"On it","message_format":"text","color":"red"})");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->what.message(), "On it");
    EXPECT_EQ(found->what.format(), message_format::text);
    EXPECT_EQ(found->what.background(), color::red);
    EXPECT_TRUE(found_in(201, R"({"message":"x"})"));
}

TEST(delivery_rules, post_nothing_for_any_other_answer) {
    EXPECT_FALSE(found_in(204, ""));
    EXPECT_FALSE(found_in(200, ""));
    EXPECT_FALSE(found_in(200, "OK"));
    EXPECT_FALSE(found_in(200, "[1]"));
    EXPECT_FALSE(found_in(400, R"({"message":"x"})"));
    EXPECT_FALSE(found_in(302, R"({"message":"x"})"));
}

TEST(delivery_rules, say_what_keeps_an_answer_from_being_a_notification) {
    std::string flaw;
    EXPECT_FALSE(posting_in(sample::greeter(), 200, R"({"colour":"red"})", flaw));
    EXPECT_NE(flaw.find("message"), std::string::npos);
    client silent = sample::greeter();
    silent.descriptor.scopes = {scope::view_room};
    flaw.clear();
    EXPECT_FALSE(posting_in(silent, 200, R"({"message":"x"})", flaw));
    EXPECT_NE(flaw.find("send_notification"), std::string::npos);
}

}  // namespace
}  // namespace hipchat::host
