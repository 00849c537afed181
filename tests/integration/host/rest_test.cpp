#include <gtest/gtest.h>

#include "protocol/oauth.hpp"
#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {
namespace {

constexpr const char* form = "application/x-www-form-urlencoded";

class rest : public ::testing::Test {
protected:
    rest() {
        EXPECT_EQ(host_.install(addon_.url()).status, 201);
        const json::object offer = addon_.wait_for("/installable").at(0).json();
        const std::string id(offer.at("oauthId").as_string());
        const secret password(std::string(offer.at("oauthSecret").as_string()));
        basic_ = protocol::write_basic_authorization(id, password).reveal();
        wrong_ = protocol::write_basic_authorization(id, secret("wrong")).reveal();
    }

    plain_answer ask_token(const std::string& body, const std::string& type = form) const {
        return host_.send("POST", "/v2/oauth/token", body,
                          {{"Authorization", basic_}, {"Content-Type", type}});
    }
    std::string token(const std::string& scope = "") const {
        std::string body = "grant_type=client_credentials";
        if (!scope.empty()) body += "&scope=" + scope;
        return std::string(protocol::parse_token_grant(ask_token(body).body).access_token.reveal());
    }
    plain_answer notify(const std::string& token, const std::string& body,
                        const std::string& room = "1") const {
        return host_.send("POST", "/v2/room/" + room + "/notification", body,
                          {{"Authorization", "Bearer " + token}});
    }
    plain_answer get(const std::string& target, const std::string& token) const {
        return host_.send("GET", target, "", {{"Authorization", "Bearer " + token}});
    }

    temporary_folder folder_;
    running_host host_{folder_.file("data")};
    sample_addon addon_;
    std::string basic_;
    std::string wrong_;
};

constexpr const char* hello = R"({"message":"hello"})";

TEST_F(rest, grants_a_token_for_a_form_and_for_json) {
    const plain_answer by_form = ask_token("grant_type=client_credentials&scope=view_room");
    ASSERT_EQ(by_form.status, 200) << by_form.body;
    const auto grant = protocol::parse_token_grant(by_form.body);
    EXPECT_EQ(grant.access_token.reveal().size(), 40U);
    EXPECT_EQ(grant.expires_in, std::chrono::seconds(3600));
    EXPECT_EQ(grant.scopes, std::vector<scope>{scope::view_room});
    EXPECT_EQ(grant.group_id, 1);
    const plain_answer by_json =
        ask_token(R"({"grant_type":"client_credentials","scope":"view_room"})", "application/json");
    EXPECT_EQ(by_json.status, 200) << by_json.body;
}

TEST_F(rest, refuses_a_client_that_is_not_who_it_says) {
    for (const std::string& header :
         {std::string(), wrong_, std::string("Basic nonsense"), std::string("Bearer x")}) {
        running_host::headers more{{"Content-Type", form}};
        if (!header.empty()) more["Authorization"] = header;
        const plain_answer answer =
            host_.send("POST", "/v2/oauth/token", "grant_type=client_credentials", more);
        EXPECT_EQ(answer.status, 401) << header;
        EXPECT_EQ(body_of(answer).at("error").at("type").as_string(), "Unauthorized");
    }
}

TEST_F(rest, refuses_other_grants_and_scopes) {
    for (const char* const body : {"grant_type=password&username=a&password=b", "scope=view_room",
                                   "", "grant_type=client_credentials&scope=admin_group",
                                   "grant_type=client_credentials&scope=no_such_scope"}) {
        EXPECT_EQ(ask_token(body).status, 400) << body;
    }
}

TEST_F(rest, shows_a_session_and_ends_it) {
    const std::string mine = token();
    const plain_answer session = get("/v2/oauth/token/" + mine, mine);
    ASSERT_EQ(session.status, 200) << session.body;
    EXPECT_EQ(body_of(session).at("client").at("name").as_string(), "Sample");
    EXPECT_EQ(body_of(session).at("client").at("room").at("name").as_string(), "Lobby");
    EXPECT_EQ(get("/v2/oauth/token/another", mine).status, 404);
    const plain_answer ended =
        host_.send("DELETE", "/v2/oauth/token/" + mine, "", {{"Authorization", "Bearer " + mine}});
    EXPECT_EQ(ended.status, 204);
    EXPECT_EQ(get("/v2/oauth/token/" + mine, mine).status, 401);
}

TEST_F(rest, puts_a_notification_into_the_room) {
    const plain_answer answer = notify(
        token(),
        R"({"message":"<b>up</b><script>x</script>","color":"green","from":"CI","notify":true,"format":"?"})");
    EXPECT_EQ(answer.status, 204) << answer.body;
    const json::value posted = host_.changes_until("notification").back();
    EXPECT_EQ(posted.at("format").as_string(), "html");
    EXPECT_EQ(posted.at("html").as_string(), "<b>up</b>");
    EXPECT_EQ(posted.at("color").as_string(), "green");
    EXPECT_EQ(posted.at("label").as_string(), "CI");
    EXPECT_TRUE(posted.at("notify").as_bool());
}

TEST_F(rest, takes_the_rooms_name_double_slashes_and_a_token_in_the_query) {
    EXPECT_EQ(notify(token(), hello, "Lobby").status, 204);
    EXPECT_EQ(
        host_.send("POST", "/v2//room/lobby/notification?auth_token=" + token(), hello).status,
        204);
}

TEST_F(rest, decides_on_a_random_colour_once_for_everybody) {
    ASSERT_EQ(notify(token(), R"({"message":"x","color":"random"})").status, 204);
    EXPECT_NE(host_.changes_until("notification").back().at("color").as_string(), "random");
}

TEST_F(rest, refuses_a_notification_without_a_valid_token) {
    const plain_answer none = host_.send("POST", "/v2/room/1/notification", hello);
    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(message_of(none), "Invalid OAuth session");
    EXPECT_EQ(notify("nonsense", hello).status, 401);
    EXPECT_EQ(
        host_.send("POST", "/v2/room/1/notification", hello, {{"Authorization", basic_}}).status,
        401);
}

TEST_F(rest, refuses_a_notification_without_the_scope_in_the_documents_words) {
    const plain_answer answer = notify(token("view_room"), hello);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(message_of(answer),
              "This action requires one of the following scopes: ['send_notification']");
}

TEST_F(rest, refuses_bodies_that_break_a_rule_and_names_the_field) {
    const plain_answer color = notify(token(), R"({"message":"x","color":"teal"})");
    EXPECT_EQ(color.status, 400);
    EXPECT_EQ(body_of(color).at("error").at("field").as_string(), "color");
    EXPECT_EQ(body_of(color).at("error").at("value").as_string(), "teal");
    EXPECT_EQ(body_of(notify(token(), "{}")).at("error").at("field").as_string(), "message");
    for (const char* const body : {"", "nonsense", "[]", "\"text\"", "{\"message\":\"\"}"})
        EXPECT_EQ(notify(token(), body).status, 400) << body;
}

TEST_F(rest, knows_no_other_rooms) {
    EXPECT_EQ(notify(token(), hello, "99").status, 404);
    EXPECT_EQ(notify(token(), hello, "Attic").status, 404);
}

TEST_F(rest, lets_a_caller_only_test_its_token) {
    const plain_answer answer = host_.send("POST", "/v2/room/1/notification?auth_test=true", hello,
                                           {{"Authorization", "Bearer " + token()}});
    EXPECT_EQ(answer.status, 202);
    EXPECT_EQ(body_of(answer).at("success").at("code").to_number<int>(), 202);
}

TEST_F(rest, shows_a_room_with_the_people_in_it) {
    host_.act("room_enter", "Ada");
    const plain_answer answer = get("/v2/room/Lobby", token());
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(body_of(answer).at("name").as_string(), "Lobby");
    EXPECT_EQ(body_of(answer).at("participants").at(0).at("name").as_string(), "Ada");
    EXPECT_EQ(get("/v2/room", token()).status, 403);
}

TEST_F(rest, says_what_an_address_takes) {
    EXPECT_EQ(host_.get("/v2/nonsense").status, 404);
    const plain_answer answer = host_.send("PUT", "/v2/oauth/token");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "POST");
}

TEST_F(rest, forgets_every_token_of_an_add_on_that_is_uninstalled) {
    const std::string mine = token();
    EXPECT_EQ(host_.uninstall("test.sample").status, 204);
    EXPECT_EQ(notify(mine, hello).status, 401);
    EXPECT_EQ(ask_token("grant_type=client_credentials").status, 401);
}

}  // namespace
}  // namespace hipchat::host::testing
