// The end of an add-on waits for what it has acknowledged, but not for ever; its start tests
// itself.

#include "hipchat/errors.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

using draining = with_host;
constexpr const char* enter = "/event/room_enter";

TEST_F(draining, waits_for_a_handler_that_is_under_way) {
    running_addon running(greeter());
    installed_in(running);
    host_.hold(scripted_host::notification_path);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(send(running.port(), {}).status, 0) << "it still accepts";
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    host_.release(scripted_host::notification_path);
    EXPECT_EQ(drained.get(), 0U);
}

TEST_F(draining, reports_what_is_left_past_its_limit) {
    addons::settings given = running_addon::in_memory();
    given.drain = std::chrono::milliseconds(50);
    running_addon running(greeter(), given);
    installed_in(running);
    host_.hold(scripted_host::notification_path);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(running.begin_drain().get(), 1U);
    // What was left ends before the parts that it uses.
    counter ended;
    running.log().on_line([&](const std::string&) { ended.add(); });
    host_.answer(scripted_host::notification_path,
                 transport::http_response::of(400, "text/plain", "too late"));
    host_.release(scripted_host::notification_path);
    EXPECT_TRUE(ended.wait_for(1));
}

TEST_F(draining, waits_for_a_token_that_is_renewed_early) {
    manual_clock clock;
    running_addon running(greeter(), running_addon::in_memory(), clock);
    host_.grant_for(std::chrono::seconds(1000));
    installed_in(running);
    running.thread().call([&] { clock.advance(std::chrono::seconds(950)); });
    host_.hold(scripted_host::token_path);
    const std::string signed_now = protocol::sign(claims_of(id_, clock), key_);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), signed_now).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, 2));
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(send(running.port(), {}).status, 0) << "it still accepts";
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    host_.release(scripted_host::token_path);
    EXPECT_EQ(drained.get(), 0U);
}

TEST_F(draining, waits_for_what_the_host_says_of_a_suspended_tenant) {
    const temporary_folder folder;
    addons::settings given = running_addon::in_memory();
    given.store = "sqlite:" + folder.file("addon.db");
    {
        running_addon running(greeter(), given);
        installed_in(running);
        host_.answer(scripted_host::token_path, {.status = 503});
        EXPECT_EQ(running.uninstall(id_).status, 202);
    }
    host_.hold(scripted_host::token_path);
    running_addon running(program_, given);
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, 3));
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(send(running.port(), {}).status, 0) << "it still accepts";
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    host_.release(scripted_host::token_path);
    EXPECT_EQ(drained.get(), 0U);
}

TEST_F(draining, ends_at_once_when_nothing_is_under_way) {
    running_addon running(greeter());
    EXPECT_EQ(running.begin_drain().get(), 0U);
}

using starting = with_host;

TEST_F(starting, tests_that_every_webhook_refuses_an_unsigned_delivery) {
    greeter().on_message("^/a", [](room_message&) {}).on_message("^/b", [](room_message&) {});
    running_addon running(program_);
    // The self-test ran in the constructor; what it found is what a caller finds.
    for (const char* path : {enter, "/event/room_message", "/event/room_message/2"})
        EXPECT_EQ(running.deliver(path, "{}").status, 401) << path;
    EXPECT_EQ(greeted_.count(), 0);
}

TEST_F(starting, keeps_tenants_between_two_runs) {
    const temporary_folder folder;
    addons::settings given = running_addon::in_memory();
    given.store = "sqlite:" + folder.file("addon.db");
    {
        running_addon running(greeter(), given);
        installed_in(running);
    }
    running_addon running(program_, given);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(starting, takes_up_the_uninstalls_that_were_not_verified) {
    const temporary_folder folder;
    addons::settings given = running_addon::in_memory();
    given.store = "sqlite:" + folder.file("addon.db");
    counter gone;
    greeter().on_uninstalled([&](uninstalled&) { gone.add(); });
    {
        running_addon running(program_, given);
        installed_in(running);
        host_.answer(scripted_host::token_path, {.status = 503});
        EXPECT_EQ(running.uninstall(id_).status, 202);
    }
    host_.remove_client(id_);
    host_.obey(scripted_host::token_path);
    running_addon running(program_, given);
    EXPECT_TRUE(gone.wait_for(1));
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 401);
}

TEST_F(starting, says_what_is_wrong_with_a_setting_before_it_serves) {
    addons::settings given = running_addon::in_memory();
    given.allowed_hosts = "https://chat.example.com/path";
    EXPECT_THROW(running_addon(greeter(), given), config_error);
    given = running_addon::in_memory();
    given.store = "oracle:";
    EXPECT_THROW(running_addon(program_, given), config_error);
    given = running_addon::in_memory();
    given.bind = "nowhere";
    EXPECT_THROW(running_addon(program_, given), config_error);
}

TEST_F(starting, says_when_its_port_is_taken) {
    addons::settings given = running_addon::in_memory();
    given.port = host_.port();
    try {
        const running_addon running(greeter(), given);
        FAIL() << "it started";
    } catch (const config_error& refused) {
        EXPECT_TRUE(contains(refused.what(), std::to_string(host_.port())));
    }
}

}  // namespace
}  // namespace hipchat::testing
