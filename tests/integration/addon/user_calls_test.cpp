// Calls of the host as one of its users: with whose token, for how long, and when no more.

#include <future>

#include "with_users.hpp"

namespace hipchat::testing {
namespace {

using namespace std::chrono_literals;
using user_calls = with_users;

TEST_F(user_calls, are_made_with_the_token_of_that_user) {
    authorize("117", "adas");
    pass(1s);
    authorize("118", "bobs");
    say_as("118");
    say_as("117");
    EXPECT_EQ(sent_with(), (std::vector<std::string>{"Bearer bobs", "Bearer adas"}));
}

TEST_F(user_calls, need_the_users_consent) {
    const std::string said = error_saying_as<not_authorized>("117");
    EXPECT_TRUE(contains(said, "117", "authorization_url"));
    EXPECT_TRUE(sent_with().empty());
}

TEST_F(user_calls, reach_no_user_of_another_installation) {
    const secret other_key("the other tenant's secret");
    ASSERT_EQ(running_->install(host_.installation("other", other_key)).status, 201);
    authorize("117", "adas");
    EXPECT_EQ(granted("117", "other"), std::nullopt);
    EXPECT_THROW(say_as("117", "other"), not_authorized);
    EXPECT_TRUE(sent_with().empty());
}

TEST_F(user_calls, need_a_scope_that_the_user_granted) {
    host_grants("adas", "117", "again-1", "view_messages");
    ASSERT_EQ(back(state_for("117")).status, 200);
    EXPECT_TRUE(contains(error_saying_as<config_error>("117"), "send_message", "user_tokens"));
    EXPECT_TRUE(sent_with().empty());
}

TEST_F(user_calls, have_all_scopes_that_were_asked_where_the_host_names_none) {
    host_grants("adas", "117");
    ASSERT_EQ(back(state_for("117")).status, 200);
    EXPECT_EQ(granted("117"), (std::vector<scope>{scope::send_message, scope::view_messages}));
}

TEST_F(user_calls, go_on_after_a_restart) {
    authorize("117", "adas");
    start();
    say_as("117");
    EXPECT_EQ(sent_with(), std::vector<std::string>{"Bearer adas"});
}

// proves: addon 3.2 refresh
TEST_F(user_calls, renew_a_token_that_ends_soon) {
    authorize("117", "adas", "again-1");
    pass(3590s);
    host_grants("adas-2", "117", "again-2");
    say_as("117");
    const seen_request asked = host_.requests(scripted_host::token_path).back();
    EXPECT_EQ(asked.body, "grant_type=refresh_token&refresh_token=again-1");
    EXPECT_EQ(sent_with(), std::vector<std::string>{"Bearer adas-2"});
    // What the host gave last counts, with the scopes of before.
    EXPECT_EQ(granted("117"), (std::vector<scope>{scope::send_message, scope::view_messages}));
    pass(3590s);
    host_grants("adas-3", "117", "");
    say_as("117");
    EXPECT_EQ(host_.requests(scripted_host::token_path).back().body,
              "grant_type=refresh_token&refresh_token=again-2");
}

TEST_F(user_calls, use_the_old_token_while_the_host_renews_none) {
    authorize("117", "adas");
    pass(3580s);
    host_.answer_next(scripted_host::token_path, json_text(503, {}));
    say_as("117");
    EXPECT_EQ(sent_with(), std::vector<std::string>{"Bearer adas"});
    pass(1h);
    host_.answer(scripted_host::token_path, json_text(503, {}));
    EXPECT_TRUE(contains(error_saying_as<api_error>("117"), "503"));
    EXPECT_NE(granted("117"), std::nullopt) << "it may still be good";
}

TEST_F(user_calls, renew_once_what_the_host_does_not_accept) {
    authorize("117", "adas");
    host_.answer_next(messages_path, json_text(401, {}));
    host_grants("adas-2", "117");
    say_as("117");
    EXPECT_EQ(sent_with(), (std::vector<std::string>{"Bearer adas", "Bearer adas-2"}));
}

TEST_F(user_calls, end_when_the_user_took_it_back) {
    authorize("117", "adas");
    host_.answer_next(messages_path, json_text(401, {}));
    host_.answer_next(scripted_host::token_path, json_text(400, {{"error", "invalid_grant"}}));
    EXPECT_TRUE(contains(error_saying_as<not_authorized>("117"), "any more"));
    EXPECT_EQ(granted("117"), std::nullopt);
}

TEST_F(user_calls, end_with_a_token_that_cannot_be_renewed) {
    authorize("117", "adas", "");
    say_as("117");
    pass(2h);
    EXPECT_TRUE(contains(error_saying_as<not_authorized>("117"), "117"));
    EXPECT_EQ(granted("117"), std::nullopt);
}

TEST_F(user_calls, at_the_same_time_renew_once) {
    authorize("117", "adas");
    pass(2h);
    const std::size_t before = token_requests();
    host_.answer(messages_path, json_text(201, {{"id", "m1"}, {"timestamp", "now"}}));
    host_.hold(scripted_host::token_path);
    host_grants("adas-2", "117");
    const user_tokens all = users(id_);
    std::promise<void> ended;
    int left = 20;
    const auto say = [](rest::client as) -> task<> {
        const rest::room_messages messages(std::move(as));
        auto sending = messages.send(4021, "hello");
        co_await sending;
    };
    running_->thread().call([&] {
        for (int i = 0; i < 20; ++i)
            spawn(say(all.client("117")), [&](const std::exception_ptr& failure) {
                EXPECT_FALSE(failure);
                if (--left == 0) ended.set_value();
            });
    });
    ASSERT_TRUE(host_.wait_for(scripted_host::token_path, before + 1));
    host_.release(scripted_host::token_path);
    ended.get_future().get();
    EXPECT_EQ(token_requests(), before + 1);
    EXPECT_EQ(sent_with(), std::vector<std::string>(20, "Bearer adas-2"));
}

TEST_F(user_calls, end_when_the_user_is_forgotten) {
    authorize("117", "adas");
    const user_tokens all = users(id_);
    running_->thread().run([&] { return all.forget("117"); });
    running_->thread().run([&] { return all.forget("117"); });
    EXPECT_EQ(host_.requests("/v2/oauth/token/adas").back().method, "DELETE");
    EXPECT_EQ(granted("117"), std::nullopt);
    EXPECT_TRUE(contains(error_saying_as<not_authorized>("117"), "117"));
}

TEST_F(user_calls, end_with_the_installation) {
    authorize("117", "adas");
    host_.remove_client(id_);
    EXPECT_EQ(running_->uninstall(id_).status, 204);
    installed_in(*running_);
    EXPECT_EQ(granted("117"), std::nullopt);
}

TEST_F(user_calls, stay_when_the_installation_is_updated) {
    authorize("117", "adas");
    const secret next_key("the next secret");
    protocol::jwt_claims update = claims_of(id_, clock_);
    update.user_id.clear();
    update.room_id.reset();
    ASSERT_EQ(
        running_->install(host_.installation(id_, next_key), protocol::sign(update, key_)).status,
        201);
    say_as("117");
    EXPECT_EQ(sent_with(), std::vector<std::string>{"Bearer adas"});
}

}  // namespace
}  // namespace hipchat::testing
