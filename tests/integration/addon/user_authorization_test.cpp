// How a user lets an add-on act for them: what the host is asked, and which answers count.

#include "with_users.hpp"

namespace hipchat::testing {
namespace {

using namespace std::chrono_literals;
using user_authorization = with_users;

// proves: addon 1.9 oauth2Consumer; addon 3.2 authorization code
TEST_F(user_authorization, begins_at_the_hosts_page_and_ends_with_a_token) {
    const json::value descriptor = json::parse(running_->get("/").body);
    const std::string back_to =
        descriptor.at_pointer("/capabilities/oauth2Consumer/redirectionUrls/0").as_string().c_str();
    const std::string url = url_for("117");
    EXPECT_TRUE(url.starts_with(host_.base() + "/users/authorize?")) << url;
    EXPECT_EQ(query_of(url, "response_type"), "code");
    EXPECT_EQ(query_of(url, "client_id"), id_);
    EXPECT_EQ(query_of(url, "redirect_uri"), back_to);
    EXPECT_EQ(query_of(url, "scope"), "send_message view_messages");

    host_grants("users-1", "117", "again-1", "send_message");
    const plain_answer done = back(query_of(url, "state"), "a%2Fc0de");
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(done.header("Cache-Control"), "no-store");
    const seen_request asked = host_.requests(scripted_host::token_path).back();
    EXPECT_TRUE(asked.authorization.starts_with("Basic "));
    EXPECT_EQ(protocol::form_value(asked.body, "grant_type"), "authorization_code");
    EXPECT_EQ(protocol::form_value(asked.body, "code"), "a/c0de");
    EXPECT_EQ(protocol::form_value(asked.body, "redirect_uri"), back_to);
    ASSERT_TRUE(authorized_.wait_for(1));
    EXPECT_EQ(authorized_ids_, std::vector<std::string>{id_ + " 117"});
    EXPECT_EQ(granted("117"), std::vector<scope>{scope::send_message});
    EXPECT_EQ(running_->log().count("users-1"), 0);
    EXPECT_EQ(running_->log().count("c0de"), 0);
}

TEST_F(user_authorization, that_nobody_began_is_401_and_asks_the_host_for_nothing) {
    const std::size_t before = token_requests();
    const std::string good = state_for("117");
    const std::string page_token_like = page_signature(id_, key_, "117");
    for (const std::string& state : {std::string(), std::string("x"),
                                     good.substr(0, good.size() - 2), good + "AA", page_token_like})
        EXPECT_EQ(back(state).status, 401) << state;
    EXPECT_EQ(token_requests(), before);
    EXPECT_EQ(granted("117"), std::nullopt);
}

// A state is written like a page token; neither opens what the other does.
TEST_F(user_authorization, takes_no_page_token_and_gives_none) {
    program_
        .web_panel({.key = "own", .name = "Own"},
                   [](page_request& page) { return html(page.token()); })
        .route("GET", "/api/me", [](page_request& page) { return html(page.user_id()); });
    start();
    const std::string own =
        running_->get("/webpanel/own?signed_request=" + page_signature(id_, key_, "117")).body;
    EXPECT_EQ(call(*running_, "GET", "/api/me", own).status, 200);
    EXPECT_EQ(back(own).status, 401);
    EXPECT_EQ(call(*running_, "GET", "/api/me", state_for("117")).status, 401);
}

TEST_F(user_authorization, counts_once) {
    const std::string state = state_for("117");
    host_grants("users-1", "117");
    EXPECT_EQ(back(state).status, 200);
    const std::size_t asked = token_requests();
    EXPECT_EQ(back(state).status, 401);
    EXPECT_EQ(token_requests(), asked);
}

TEST_F(user_authorization, must_be_decided_in_ten_minutes) {
    const std::string in_time = state_for("117");
    pass(9min);
    host_grants("users-1", "117");
    EXPECT_EQ(back(in_time).status, 200);
    const std::string late = state_for("117");
    pass(11min);
    EXPECT_EQ(back(late).status, 401);
}

TEST_F(user_authorization, of_a_removed_installation_is_401) {
    const std::string state = state_for("117");
    host_.remove_client(id_);
    EXPECT_EQ(running_->uninstall(id_).status, 204);
    EXPECT_EQ(back(state).status, 401);
    installed_in(*running_);
    EXPECT_EQ(back(state).status, 401);
}

// Else whoever sends a link of their own to another person could act as that person.
TEST_F(user_authorization, by_another_person_is_403_and_its_token_is_revoked) {
    host_grants("users-1", "118");
    EXPECT_EQ(back(state_for("117")).status, 403);
    ASSERT_TRUE(host_.wait_for("/v2/oauth/token/users-1", 2));
    EXPECT_EQ(host_.requests("/v2/oauth/token/users-1").back().method, "DELETE");
    EXPECT_EQ(granted("117"), std::nullopt);
    EXPECT_EQ(granted("118"), std::nullopt);
    EXPECT_EQ(authorized_.count(), 0);
}

TEST_F(user_authorization, that_the_user_declined_changes_nothing) {
    const std::size_t before = token_requests();
    const plain_answer said =
        running_->get("/addon/authorized?error=access_denied&state=" + state_for("117"));
    EXPECT_EQ(said.status, 200);
    EXPECT_TRUE(contains(said.body, "Nothing was allowed"));
    EXPECT_EQ(token_requests(), before);
    EXPECT_EQ(granted("117"), std::nullopt);
}

TEST_F(user_authorization, that_the_host_does_not_confirm_is_502) {
    host_.answer_next(scripted_host::token_path, json_text(400, {{"error", "invalid_grant"}}));
    EXPECT_EQ(back(state_for("117")).status, 502);
    host_grants("users-1", "117");
    host_.answer("/v2/oauth/token/users-1", json_text(200, {{"owner", nullptr}}));
    pass(1s);
    EXPECT_EQ(back(state_for("117")).status, 403);
    EXPECT_EQ(granted("117"), std::nullopt);
}

TEST_F(user_authorization, without_a_code_is_400) {
    EXPECT_EQ(running_->get("/addon/authorized?state=" + state_for("117")).status, 400);
    EXPECT_EQ(back(state_for("117"), std::string(3000, 'c')).status, 400);
}

TEST_F(user_authorization, is_nothing_for_guests) {
    const plain_answer said =
        running_->get("/webpanel/ask?signed_request=" + page_signature(id_, key_, ""));
    EXPECT_EQ(said.status, 400);
    EXPECT_TRUE(contains(said.body, "guests"));
}

TEST(users_scopes, are_declared_once_and_are_not_none) {
    addon bot({.key = "bot", .name = "Bot"});
    EXPECT_THROW(bot.user_tokens({}), config_error);
    bot.user_tokens({scope::send_message});
    EXPECT_THROW(bot.user_tokens({scope::view_messages}), config_error);
}

TEST_F(with_host, has_no_address_for_users_who_were_not_asked) {
    running_addon running(greeter());
    EXPECT_EQ(running.get("/addon/authorized?state=x&code=y").status, 404);
}

}  // namespace
}  // namespace hipchat::testing
