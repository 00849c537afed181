// What all calls of the REST API have in common (host-side.md 3).

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_conventions : public rest_caller {};
using strings = std::vector<std::string>;

// proves: host 3.1 auth_test
TEST_F(rest_conventions, let_a_caller_test_its_token_without_doing_anything) {
    const std::string ada = token_of("Ada");
    const plain_answer tested = ask(ada, "POST", "/v2/room?auth_test=true", R"({"name":"Attic"})");
    EXPECT_EQ(tested.status, 202);
    EXPECT_EQ(body_of(tested).at("success").at("code").to_number<int>(), 202);
    EXPECT_EQ(get(ada, "/v2/room/Attic").status, 404);
    const std::string reader = token_of("Bo", R"(["view_group"])");
    EXPECT_EQ(ask(reader, "POST", "/v2/room?auth_test=true", "{}").status, 403);
}

// proves: host 3.1 identifiers
TEST_F(rest_conventions, know_rooms_by_id_and_name_and_people_by_id_mention_and_e_mail) {
    const std::string ada = token_of("Ada");
    for (const char* const room : {"1", "Lobby", "lobby", "Lobb%79"})
        EXPECT_EQ(read(ada, std::string("/v2/room/") + room).at("name"), "Lobby") << room;
    ASSERT_EQ(ask(addon_token(), "POST", "/v2/user",
                  R"({"name":"Bo Tanaka","email":"bo@example.test","mention_name":"Bo"})")
                  .status,
              201);
    for (const char* const user : {"2", "@Bo", "%40bo", "Bo", "bo@example.test", "BO@example.test"})
        EXPECT_EQ(read(ada, std::string("/v2/user/") + user).at("name"), "Bo Tanaka") << user;
    EXPECT_EQ(get(ada, "/v2/user/@nobody").status, 404);
    EXPECT_EQ(get(ada, "/v2/user/99").status, 404);
}

// proves: host 3.2 pages
TEST_F(rest_conventions, give_lists_in_pages_that_link_to_each_other) {
    const std::string ada = token_of("Ada");
    for (const char* const name : {"Attic", "Cellar", "Garden"})
        ASSERT_EQ(ask(ada, "POST", "/v2/room", std::string(R"({"name":")") + name + R"("})").status,
                  201);
    const json::object first = read(ada, "/v2/room?max-results=2&include-private=true");
    EXPECT_EQ(column(first), (strings{"Lobby", "Attic"}));
    EXPECT_EQ(first.at("startIndex").to_number<int>(), 0);
    EXPECT_EQ(first.at("maxResults").to_number<int>(), 2);
    EXPECT_EQ(first.at("links").at("self"), json::string(host_.base() + "/v2/room"));
    EXPECT_FALSE(first.at("links").as_object().contains("prev"));
    const std::string next(first.at("links").at("next").as_string());
    EXPECT_NE(next.find("include-private=true"), std::string::npos) << next;
    const json::object second = read(ada, next.substr(host_.base().size()));
    EXPECT_EQ(column(second), (strings{"Cellar", "Garden"}));
    EXPECT_FALSE(second.at("links").as_object().contains("next"));
    EXPECT_TRUE(second.at("links").as_object().contains("prev"));
}

TEST_F(rest_conventions, never_put_a_token_into_a_link) {
    const std::string ada = token_of("Ada");
    const plain_answer answer =
        host_.send("GET", "/v2/user?max-results=0&start-index=1&auth_token=" + ada);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.find(ada), std::string::npos) << answer.body;
}

// proves: host 3.2 range
TEST_F(rest_conventions, refuse_a_page_that_cannot_be) {
    const std::string ada = token_of("Ada");
    EXPECT_EQ(field_of(get(ada, "/v2/room?max-results=1001")), "max-results");
    EXPECT_EQ(field_of(get(ada, "/v2/room?max-results=-1")), "max-results");
    EXPECT_EQ(field_of(get(ada, "/v2/room?start-index=x")), "start-index");
    EXPECT_TRUE(read(ada, "/v2/room?max-results=0").at("items").as_array().empty());
}

// proves: host 3.3 expand
TEST_F(rest_conventions, put_whole_things_in_the_place_of_their_titles) {
    const std::string ada = token_of("Ada");
    const json::object plain = read(ada, "/v2/room/1");
    EXPECT_FALSE(plain.at("participants").at(0).as_object().contains("email"));
    const json::object room = read(ada, "/v2/room/1?expand=participants,statistics,nonsense");
    EXPECT_TRUE(room.at("participants").at(0).as_object().contains("email"));
    EXPECT_TRUE(room.at("statistics").as_object().contains("messages_sent"));
    const json::object list = read(ada, "/v2/room?expand=items.participants");
    EXPECT_TRUE(list.at("items").at(0).as_object().contains("topic"));
    EXPECT_EQ(list.at("items").at(0).at("participants").at(0).at("timezone"), "UTC");
}

TEST_F(rest_conventions, expand_only_what_the_token_may_see) {
    const std::string ada = token_of("Ada", R"(["view_room"])");
    const json::object room = read(ada, "/v2/room/1?expand=participants,statistics");
    EXPECT_TRUE(room.at("statistics").as_object().contains("messages_sent"));
    EXPECT_FALSE(room.at("participants").at(0).as_object().contains("email"));
}

// proves: host 3.4 validation
TEST_F(rest_conventions, name_the_field_the_rule_and_what_was_sent) {
    const std::string ada = token_of("Ada");
    const plain_answer answer = ask(ada, "POST", "/v2/room", R"({"name":"Attic","privacy":"x"})");
    ASSERT_EQ(answer.status, 400);
    const json::value body = body_of(answer);
    EXPECT_EQ(body.at("error").at("code").to_number<int>(), 400);
    EXPECT_EQ(body.at("error").at("type"), "Bad Request");
    EXPECT_EQ(body.at("error").at("field"), "privacy");
    EXPECT_EQ(body.at("error").at("validation"), "enum");
    EXPECT_EQ(body.at("error").at("value"), "x");
    const json::value typed = body_of(ask(ada, "POST", "/v2/room", R"({"name":7})"));
    EXPECT_EQ(typed.at("error").at("validation"), "type");
    EXPECT_EQ(typed.at("error").at("expected_type"), "string");
    EXPECT_EQ(typed.at("error").at("value").to_number<int>(), 7);
}

// proves: host 2 room token
TEST_F(rest_conventions, let_a_rooms_token_notify_its_room_and_nothing_else) {
    const std::string bell = room_token("Doorbell");
    EXPECT_EQ(ask(bell, "POST", "/v2/room/1/notification", R"({"message":"ding"})").status, 204);
    const json::value posted = host_.changes_until("notification").back();
    EXPECT_EQ(posted.at("from"), "Doorbell");
    EXPECT_EQ(get(bell, "/v2/room/1").status, 403);
    ASSERT_EQ(ask(token_of("Ada"), "POST", "/v2/room", R"({"name":"Attic"})").status, 201);
    EXPECT_EQ(ask(bell, "POST", "/v2/room/Attic/notification", R"({"message":"ding"})").status,
              403);
}

// proves: host 2 room client
TEST_F(rest_conventions, keep_an_add_on_of_one_room_out_of_the_others) {
    ASSERT_EQ(ask(token_of("Ada"), "POST", "/v2/room", R"({"name":"Attic"})").status, 201);
    EXPECT_EQ(get(addon_token(), "/v2/room/Attic").status, 403);
    EXPECT_EQ(column(read(addon_token(), "/v2/room")), strings{"Lobby"});
    EXPECT_EQ(ask(addon_token(), "POST", "/v2/room", R"({"name":"Cellar"})").status, 403);
}

// proves: host 2 personal token
TEST_F(rest_conventions, end_a_personal_token_when_it_is_revoked) {
    const std::string ada = token_of("Ada");
    const json::value listed = body_of(host_.get("/api/people/Ada/tokens"));
    ASSERT_EQ(listed.at("tokens").as_array().size(), 1U);
    EXPECT_EQ(json::serialize(listed).find(ada), std::string::npos);
    const std::string id(listed.at("tokens").at(0).at("id").as_string());
    EXPECT_EQ(get(ada, "/v2/room/1").status, 200);
    EXPECT_EQ(host_.send("DELETE", "/api/people/Ada/tokens/" + id).status, 204);
    EXPECT_EQ(get(ada, "/v2/room/1").status, 401);
    EXPECT_EQ(host_.send("DELETE", "/api/people/Ada/tokens/" + id).status, 404);
}

TEST_F(rest_conventions, say_in_a_test_too_that_a_call_is_for_people) {
    token_of("Ada");
    for (const char* const path : {"/v2/room/1/message", "/v2/user/@Ada/message"})
        EXPECT_EQ(ask(addon_token(), "POST", std::string(path) + "?auth_test=true").status, 403)
            << path;
    EXPECT_EQ(get(addon_token(), "/v2/user/@Ada/history?auth_test=true").status, 403);
    EXPECT_EQ(get(token_of("Bo"), "/v2/user/@Ada/history?auth_test=true").status, 202);
}

// proves: host 2 sessions of people
TEST_F(rest_conventions, show_and_end_a_persons_own_sessions_only) {
    const std::string ada = token_of("Ada", R"(["view_room"])");
    const std::string bo = token_of("Bo");
    const json::object session = read(ada, "/v2/oauth/token/" + ada);
    EXPECT_EQ(session.at("owner_type"), "user");
    EXPECT_EQ(session.at("owner").at("name"), "Ada");
    EXPECT_EQ(json::serialize(session.at("scopes")), R"(["view_room"])");
    EXPECT_EQ(get(bo, "/v2/oauth/token/" + ada).status, 404);
    EXPECT_EQ(get(ada, "/v2/oauth/token/" + addon_token()).status, 404);
    EXPECT_EQ(get(addon_token(), "/v2/oauth/token/" + ada).status, 404);
    EXPECT_EQ(ask(bo, "DELETE", "/v2/oauth/token/" + ada).status, 404);
    EXPECT_EQ(ask(ada, "DELETE", "/v2/oauth/token/" + ada).status, 204);
    EXPECT_EQ(get(ada, "/v2/room/1").status, 401);
    const std::string bell = room_token("Bell");
    EXPECT_EQ(read(bell, "/v2/oauth/token/" + bell).at("owner_type"), "room");
    EXPECT_EQ(get(bell, "/v2/oauth/token/" + bo).status, 404);
}

class rest_limits : public rest_caller {
protected:
    rest_limits()
        : rest_caller([](host_options& options) {
              options.limits.user_calls = 3;
              options.limits.messages_a_minute = 2;
          }) {}
};

// proves: host 3.5 rate limit
TEST_F(rest_limits, are_said_on_every_answer_and_kept) {
    const std::string ada = token_of("Ada");
    const plain_answer first = get(ada, "/v2/room/1");
    EXPECT_EQ(first.header("X-Ratelimit-Limit"), "3");
    EXPECT_EQ(first.header("X-Ratelimit-Remaining"), "2");
    EXPECT_FALSE(first.header("X-Ratelimit-Reset").empty());
    EXPECT_EQ(get(ada, "/v2/room/99").header("X-Ratelimit-Remaining"), "1");
    EXPECT_EQ(get(ada, "/v2/room/1").status, 200);
    const std::string narrow = token_of("Cy", R"(["view_room"])");
    EXPECT_EQ(get(narrow, "/v2/user").status, 403);
    EXPECT_EQ(get(narrow, "/v2/user").header("X-Ratelimit-Remaining"), "1") << "refusals count";
    const plain_answer over = get(ada, "/v2/room/1");
    EXPECT_EQ(over.status, 429);
    EXPECT_EQ(over.header("X-Ratelimit-Remaining"), "0");
    EXPECT_EQ(message_of(over), "Rate limit exceeded");
    EXPECT_EQ(get(token_of("Bo"), "/v2/room/1").status, 200) << "others have their own";
}

// proves: host 3.5 flood control
TEST_F(rest_limits, keep_a_room_from_being_flooded) {
    const auto notify = [&] {
        return ask(addon_token(), "POST", "/v2/room/1/notification", R"({"message":"x"})");
    };
    EXPECT_EQ(notify().header("X-FloodControl-Remaining"), "1");
    EXPECT_EQ(notify().status, 204);
    const plain_answer over = notify();
    EXPECT_EQ(over.status, 429);
    EXPECT_EQ(over.header("X-FloodControl-Limit"), "2");
    EXPECT_FALSE(over.header("X-FloodControl-Reset").empty());
    EXPECT_EQ(over.header("X-Ratelimit-Limit"), "500");
}

}  // namespace
}  // namespace hipchat::host::testing
