// An uninstall is a hint that anyone may send; the token endpoint knows the truth.

#include "running_addon.hpp"

namespace hipchat::testing {
namespace {

using uninstalling = with_host;

// proves: addon 2.3 uninstall; addon 3.2 401
TEST_F(uninstalling, a_client_that_the_host_has_revoked_is_removed) {
    counter announced;
    greeter().on_uninstalled([&](uninstalled& event) {
        EXPECT_EQ(event.tenant().oauth_id(), id_);
        announced.add();
    });
    running_addon running(program_);
    installed_in(running);
    host_.remove_client(id_);
    EXPECT_EQ(running.uninstall(id_).status, 204);
    EXPECT_TRUE(announced.wait_for(1));
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 401);
}

// proves: addon 2.3 not revoked
TEST_F(uninstalling, a_client_that_still_gets_tokens_is_kept) {
    running_addon running(greeter());
    installed_in(running);
    EXPECT_EQ(running.uninstall(id_).status, 403);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(uninstalling, asks_afresh_although_a_token_is_at_hand) {
    running_addon running(greeter());
    installed_in(running);
    running.deliver("/event/room_enter", room_enter_body(id_), token());
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    const std::size_t before = host_.count(scripted_host::token_path);
    EXPECT_EQ(running.uninstall(id_).status, 403);
    EXPECT_EQ(host_.count(scripted_host::token_path), before + 1);
}

TEST_F(uninstalling, an_endpoint_that_proves_nothing_is_asked_again_until_it_does) {
    counter announced;
    greeter().on_uninstalled([&](uninstalled&) { announced.add(); });
    running_addon running(program_);
    installed_in(running);
    host_.remove_client(id_);
    host_.answer(scripted_host::token_path,
                 transport::http_response::of(503, "text/plain", "down"));
    EXPECT_EQ(running.uninstall(id_).status, 202);
    EXPECT_EQ(running.uninstall(id_).status, 202);
    EXPECT_EQ(announced.count(), 0);
    host_.obey(scripted_host::token_path);
    EXPECT_TRUE(announced.wait_for(1));
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 401);
    EXPECT_EQ(announced.count(), 1);
}

TEST_F(uninstalling, a_suspended_tenant_that_gets_tokens_again_is_kept) {
    running_addon running(greeter());
    installed_in(running);
    host_.answer(scripted_host::token_path,
                 transport::http_response::of(503, "text/plain", "down"));
    EXPECT_EQ(running.uninstall(id_).status, 202);
    const std::size_t before = host_.count(scripted_host::token_path);
    host_.obey(scripted_host::token_path);
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, before + 1));
    EXPECT_EQ(running.uninstall(id_).status, 403);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

// proves: addon 2.3 unknown
TEST_F(uninstalling, an_unknown_id_tells_nothing) {
    running_addon running(greeter());
    EXPECT_EQ(running.uninstall("unknown").status, 204);
    EXPECT_EQ(running.uninstall("un%2Fknown").status, 204);
    EXPECT_EQ(running.uninstall(std::string(5000, 'x')).status, 204);
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

TEST_F(uninstalling, may_be_repeated) {
    running_addon running(greeter());
    installed_in(running);
    host_.remove_client(id_);
    EXPECT_EQ(running.uninstall(id_).status, 204);
    EXPECT_EQ(running.uninstall(id_).status, 204);
}

TEST_F(uninstalling, makes_room_for_a_new_install_of_the_same_id) {
    running_addon running(greeter());
    installed_in(running);
    host_.remove_client(id_);
    EXPECT_EQ(running.uninstall(id_).status, 204);
    EXPECT_EQ(running.install(host_.installation(id_, secret("another secret"))).status, 201);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 401);
}

}  // namespace
}  // namespace hipchat::testing
