// Updates: proved, announced, and the data stay. And who may install at all.

#include "hipchat/data.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

class updating : public with_host {
protected:
    void SetUp() override {
        program_.on_installed([this](installed&) { installed_.add(); });
        program_.on_updated([this](updated& event) {
            EXPECT_EQ(event.tenant().oauth_id(), id_);
            updated_.add();
        });
    }
    protocol::installation update() {
        protocol::installation body = request();
        body.oauth_secret.reset();
        return body;
    }

    counter installed_;
    counter updated_;
};

// proves: addon 2.5 updateCallbackUrl
TEST_F(updating, without_a_secret_is_proved_with_the_known_one_and_announced) {
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(running.install(update()).status, 201);
    EXPECT_TRUE(updated_.wait_for(1));
    EXPECT_EQ(installed_.count(), 1);
    EXPECT_EQ(host_.count(scripted_host::token_path), 2U);
}

TEST_F(updating, that_the_host_does_not_confirm_changes_nothing) {
    running_addon running(program_);
    installed_in(running);
    host_.remove_client(id_);
    protocol::installation body;
    body.oauth_id = id_;
    body.capabilities_url = host_.capabilities_url();
    EXPECT_EQ(running.install(body).status, 400);
    EXPECT_EQ(updated_.count(), 0);
}

// proves: addon 2.5 update keeps the installation
TEST_F(updating, keeps_the_data) {
    running_addon running(program_);
    installed_in(running);
    const auto in = [&](task<> (*work)(tenants, std::string)) {
        running.thread().run([&] { return work(program_.tenants(), id_); });
    };
    in([](tenants all, std::string id) -> task<> {
        const auto found = co_await all.find(id);
        co_await found->data().set("k", 1);
    });
    EXPECT_EQ(running.install(update()).status, 201);
    in([](tenants all, std::string id) -> task<> {
        const auto found = co_await all.find(id);
        EXPECT_EQ(co_await found->data().get("k"), json::value(1));
        co_await found->data().set("k", 2);
    });
}

TEST_F(updating, an_install_repeated_with_the_same_secret_is_no_event) {
    running_addon running(program_);
    installed_in(running);
    installed_in(running);
    EXPECT_TRUE(installed_.wait_for(1));
    EXPECT_EQ(running.begin_drain().get(), 0U);
    EXPECT_EQ(installed_.count(), 1);
    EXPECT_EQ(updated_.count(), 0);
}

TEST_F(updating, is_declared_so_that_the_host_keeps_the_installation) {
    const running_addon running(program_);
    EXPECT_TRUE(contains(running.get("/addon/descriptor").body, "\"updateCallbackUrl\":\""));
}

using groups_that_may_install = with_host;

// proves: addon 10 require_group_id
TEST_F(groups_that_may_install, are_those_of_the_program) {
    program_.allow_groups({2, 3});
    {
        const running_addon running(program_);
        const plain_answer answer = running.install(request());
        EXPECT_EQ(answer.status, 403);
        EXPECT_TRUE(contains(answer.body, "group 1", "AC_ALLOWED_GROUPS"));
        EXPECT_EQ(host_.count(scripted_host::capabilities_path), 0U);
    }
    program_.allow_groups({1});
    running_addon running(program_);
    installed_in(running);
}

TEST_F(groups_that_may_install, are_those_of_the_setting_instead) {
    program_.allow_groups({2});
    addons::settings given = running_addon::in_memory();
    given.allowed_groups = {1};
    running_addon running(program_, given);
    installed_in(running);
}

TEST_F(groups_that_may_install, are_proved_by_the_token_and_not_by_what_the_request_says) {
    program_.allow_groups({2});
    const running_addon running(program_);
    protocol::installation body = request();
    body.group_id.reset();
    EXPECT_EQ(running.install(body).status, 403);
    body.group_id = 2;
    const plain_answer lying = running.install(body);
    EXPECT_EQ(lying.status, 400);
    EXPECT_TRUE(contains(lying.body, "the request says 2", "the group 1"));
}

TEST_F(groups_that_may_install, cannot_be_lied_about_by_an_addon_open_to_all_either) {
    const running_addon running(program_);
    protocol::installation body = request();
    body.group_id = 2;
    EXPECT_EQ(running.install(body).status, 400);
}

using the_token_of_an_install = with_host;

// proves: addon 3.2 expires_in
TEST_F(the_token_of_an_install, serves_for_the_first_notification) {
    running_addon running(greeter());
    installed_in(running);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(host_.count(scripted_host::token_path), 1U);
}

TEST_F(the_token_of_an_install, serves_for_a_part_of_its_scopes) {
    descriptor wide = about();
    wide.scopes = {scope::send_notification, scope::view_room, scope::admin_room};
    addon program(wide);
    program.on_room_enter([](room_enter& event) { return event.room().send_notification("hi"); });
    running_addon running(program);
    installed_in(running);
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(host_.count(scripted_host::token_path), 1U);
}

TEST_F(the_token_of_an_install, is_given_up_when_the_host_does_not_take_it) {
    running_addon running(greeter());
    installed_in(running);
    host_.revoke_tokens();
    EXPECT_EQ(running.deliver("/event/room_enter", room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 2));
    EXPECT_EQ(host_.count(scripted_host::token_path), 2U);
}

}  // namespace
}  // namespace hipchat::testing
