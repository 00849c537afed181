#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "protocol/jwt.hpp"
#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {
namespace {

using transport::http_response;

constexpr const char* on_enter = "/event/room_enter";
constexpr const char* on_message = "/event/room_message";
constexpr const char* on_notification = "/event/room_notification";

std::vector<std::string> texts(const std::vector<delivered>& requests) {
    std::vector<std::string> found;
    for (const delivered& each : requests)
        found.emplace_back(each.json().at("item").at("message").at("message").as_string());
    return found;
}

http_response notification(const std::string& text) {
    return http_response::of(200, "application/json",
                             R"({"message":")" + text + R"(","message_format":"text"})");
}

class delivery_of_webhooks : public ::testing::Test {
protected:
    void install(sample_addon& addon) {
        const plain_answer answer = host_.install(addon.url());
        ASSERT_EQ(answer.status, 201) << answer.body;
    }

    temporary_folder folder_;
    running_host host_{folder_.file("data")};
    sample_addon addon_;
};

TEST_F(delivery_of_webhooks, is_signed_so_that_the_add_on_can_verify_it) {
    addon_.listen_to("room_enter");
    install(addon_);
    ASSERT_EQ(host_.act("room_enter", "Ada").status, 201);
    const delivered request = addon_.wait_for(on_enter).at(0);
    const json::object body = request.json();
    EXPECT_EQ(body.at("event").as_string(), "room_enter");
    EXPECT_EQ(body.at("item").at("sender").at("name").as_string(), "Ada");

    const std::string authorization = request.header("Authorization");
    ASSERT_TRUE(authorization.starts_with("JWT "));
    const auto token = protocol::unverified_token::parse(authorization.substr(4));
    ASSERT_TRUE(token);
    const auto verified = protocol::verify(*token, addon_.installed_secret().reveal(),
                                           system_clock().unix_time(), std::chrono::seconds(10));
    const auto* const claims = std::get_if<protocol::jwt_claims>(&verified);
    ASSERT_NE(claims, nullptr);
    EXPECT_EQ(claims->issuer, body.at("oauth_client_id").as_string());
    EXPECT_EQ(claims->user_id,
              std::to_string(body.at("item").at("sender").at("id").to_number<int>()));
    EXPECT_EQ(claims->room_id, 1);
    EXPECT_EQ(claims->jti.size(), 20U);
    EXPECT_EQ(*claims->expires_at - *claims->issued_at, std::chrono::seconds(3600));
    EXPECT_FALSE(claims->user_tz.empty());
}

// A delivery must never carry what its receiver is not meant to have: another header is a decision.
TEST_F(delivery_of_webhooks, has_exactly_these_headers) {
    addon_.listen_to("room_enter");
    addon_.listen_to("room_exit", "", "none");
    install(addon_);
    host_.act("room_enter", "Ada");
    host_.act("room_exit", "Ada");
    const auto names = [](const delivered& request) {
        std::vector<std::string> found;
        for (const auto& [name, value] : request.headers)
            found.push_back(name);
        std::ranges::sort(found);
        return found;
    };
    const delivered is_signed = addon_.wait_for(on_enter).at(0);
    EXPECT_EQ(names(is_signed),
              (std::vector<std::string>{"Accept", "Accept-Encoding", "Authorization",
                                        "Content-Length", "Content-Type", "Host", "User-Agent"}));
    EXPECT_EQ(is_signed.header("Content-Type"), "application/json");
    const delivered is_not = addon_.wait_for("/event/room_exit").at(0);
    EXPECT_EQ(names(is_not),
              (std::vector<std::string>{"Accept", "Accept-Encoding", "Content-Length",
                                        "Content-Type", "Host", "User-Agent"}));
}

TEST_F(delivery_of_webhooks, keeps_the_order_of_a_room) {
    addon_.listen_to("room_message");
    install(addon_);
    std::vector<std::string> said;
    for (int each = 0; each < 20; ++each) {
        said.push_back("message " + std::to_string(each));
        ASSERT_EQ(host_.act("room_message", "Ada", said.back()).status, 201);
    }
    EXPECT_EQ(texts(addon_.wait_for(on_message, said.size())), said);
}

TEST_F(delivery_of_webhooks, sends_the_messages_that_the_pattern_finds) {
    addon_.listen_to("room_message", "^/deploy");
    install(addon_);
    host_.act("room_message", "Ada", "hello");
    host_.act("room_message", "Ada", "please /deploy");
    host_.act("room_message", "Ada", "/deploy staging");
    EXPECT_EQ(texts(addon_.wait_for(on_message)), std::vector<std::string>{"/deploy staging"});
}

TEST_F(delivery_of_webhooks, searches_patterns_that_only_the_slow_engine_takes) {
    addon_.listen_to("room_message", "^/deploy(?! production)");
    install(addon_);
    host_.act("room_message", "Ada", "/deploy production");
    host_.act("room_message", "Ada", "/deploy staging");
    EXPECT_EQ(texts(addon_.wait_for(on_message)), std::vector<std::string>{"/deploy staging"});
}

TEST_F(delivery_of_webhooks, lets_a_slow_add_on_slow_nobody_else) {
    sample_addon quick("test.quick");
    for (sample_addon* const each : {&addon_, &quick}) {
        each->listen_to("room_message");
        install(*each);
    }
    addon_.hold(on_message);
    for (int each = 0; each < 5; ++each)
        host_.act("room_message", "Ada", std::to_string(each));
    EXPECT_EQ(quick.wait_for(on_message, 5).size(), 5U);
    EXPECT_EQ(addon_.wait_for(on_message, 1).size(), 1U);
    addon_.release(on_message);
    EXPECT_EQ(texts(addon_.wait_for(on_message, 5)),
              (std::vector<std::string>{"0", "1", "2", "3", "4"}));
}

TEST_F(delivery_of_webhooks, posts_the_add_ons_answer_into_the_room) {
    addon_.listen_to("room_enter");
    addon_.at(on_enter, [](const delivered&) { return notification("hi: Ada"); });
    install(addon_);
    host_.act("room_enter", "Ada");
    const json::value posted = host_.changes_until("notification").back();
    EXPECT_EQ(posted.at("text").as_string(), "hi: Ada");
    EXPECT_EQ(posted.at("from").as_string(), "Sample");
    EXPECT_EQ(posted.at("addon_key").as_string(), "test.sample");
    EXPECT_EQ(posted.at("color").as_string(), "yellow");
}

TEST_F(delivery_of_webhooks, tells_other_add_ons_of_a_notification_but_not_its_sender) {
    sample_addon other("test.other");
    addon_.listen_to("room_enter");
    addon_.at(on_enter, [](const delivered&) { return notification("hi"); });
    for (sample_addon* const each : {&addon_, &other}) {
        each->listen_to("room_notification");
        each->listen_to("room_exit");
        install(*each);
    }
    host_.act("room_enter", "Ada");
    const json::object heard = other.wait_for(on_notification).at(0).json();
    EXPECT_EQ(heard.at("item").at("message").at("from").as_string(), "Sample");
    // What comes later has been delivered, so the notification was not.
    host_.act("room_exit", "Ada");
    addon_.wait_for("/event/room_exit");
    EXPECT_TRUE(addon_.requests(on_notification).empty());
}

TEST_F(delivery_of_webhooks, is_not_repeated_when_the_add_on_fails) {
    addon_.listen_to("room_message");
    addon_.at(on_message, [](const delivered&) { return http_response{.status = 503}; });
    install(addon_);
    host_.act("room_message", "Ada", "one");
    host_.act("room_message", "Ada", "two");
    EXPECT_EQ(texts(addon_.wait_for(on_message, 2)), (std::vector<std::string>{"one", "two"}));
}

TEST_F(delivery_of_webhooks, is_tried_again_when_no_connection_was_made) {
    auto absent = std::make_unique<sample_addon>();
    // A port on which nobody listens any more.
    const std::string base = absent->base();
    absent.reset();
    addon_.listen_to("room_enter");
    addon_.describe([&](json::object& described) {
        described.at("capabilities").at("webhook").at(0).at("url") = base + "/nobody";
    });
    install(addon_);
    host_.act("room_enter", "Ada");
    std::int64_t seen = 0;
    int attempts = 0;
    while (attempts < 3) {
        const json::value body =
            body_of(host_.get("/api/rooms/1/traffic?wait=20&after=" + std::to_string(seen)));
        ASSERT_FALSE(body.at("exchanges").as_array().empty());
        seen = body.at("cursor").to_number<std::int64_t>();
        for (const json::value& each : body.at("exchanges").as_array()) {
            if (each.at("what").as_string() != "webhook") continue;
            EXPECT_EQ(each.at("status").to_number<int>(), 0);
            EXPECT_FALSE(each.at("error").as_string().empty());
            ++attempts;
        }
    }
}

}  // namespace
}  // namespace hipchat::host::testing
