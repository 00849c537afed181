// docs/snippets/coming_from/hello.cpp: the first page of every older library.

#include "protocol/installation.hpp"
#include "with_program.hpp"

namespace hipchat::testing {
namespace {

class peer_hello : public with_program {
protected:
    peer_hello() { start("hello"); }
};

// row: descriptor from code
TEST_F(peer_hello, describes_itself) {
    const json::value served = descriptor();
    EXPECT_EQ(served.at_pointer("/key"), json::value("peers.hello"));
    EXPECT_EQ(served.at_pointer("/vendor/name"), json::value("Example"));
    EXPECT_EQ(served.at_pointer("/capabilities/hipchatApiConsumer/fromName"),
              json::value("Hello bot"));
    EXPECT_EQ(served.at_pointer("/capabilities/hipchatApiConsumer/scopes/0"),
              json::value("send_notification"));
    EXPECT_EQ(served.at_pointer("/capabilities/installable/allowGlobal"), json::value(false));
    EXPECT_EQ(descriptor("/addon/descriptor"), served);
}

// row: webhook; row: send a notification; row: sender, room, tenant
TEST_F(peer_hello, greets_by_the_api) {
    ASSERT_EQ(install().status, 201);
    EXPECT_EQ(deliver("/event/room_enter", enter()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 2));
    EXPECT_TRUE(
        contains(host_.requests(scripted_host::notification_path)[1].body, "hi: Ada Lindqvist"));
}

// row: install and uninstall events
TEST_F(peer_hello, hears_of_its_installations) {
    ASSERT_EQ(install().status, 201);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_TRUE(
        contains(host_.requests(scripted_host::notification_path)[0].body, "I live here now"));
    EXPECT_EQ(get("/installations").body, "1");
    EXPECT_EQ(uninstall().status, 204);
    EXPECT_EQ(get("/installations").body, "0");
}

// row: who may uninstall
TEST_F(peer_hello, stays_while_the_host_still_grants_tokens) {
    ASSERT_EQ(install().status, 201);
    EXPECT_EQ(
        send(port_, {.method = "DELETE", .target = std::string("/addon/installable/") + first})
            .status,
        403);
    EXPECT_EQ(get("/installations").body, "1");
}

// row: an install of a known id
TEST_F(peer_hello, refuses_a_known_installation_with_another_secret) {
    ASSERT_EQ(install().status, 201);
    const auto other = host_.installation(first, secret("another secret of the same installation"));
    EXPECT_EQ(post("/addon/installable", {{"Content-Type", "application/json"}},
                   json::serialize(protocol::write_installation(other)))
                  .status,
              409);
}

// row: unsigned webhooks
TEST_F(peer_hello, takes_no_event_that_is_not_signed) {
    ASSERT_EQ(install().status, 201);
    EXPECT_EQ(post("/event/room_enter", {{"Content-Type", "application/json"}}, enter()).status,
              401);
}

// row: token cache
TEST_F(peer_hello, asks_for_one_token_for_many_calls) {
    ASSERT_EQ(install().status, 201);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    const std::size_t asked = host_.count(scripted_host::token_path);
    for (std::size_t i = 2; i < 6; ++i) {
        EXPECT_EQ(deliver("/event/room_enter", enter()).status, 204);
        ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, i));
    }
    EXPECT_EQ(host_.count(scripted_host::token_path), asked);
}

}  // namespace
}  // namespace hipchat::testing
