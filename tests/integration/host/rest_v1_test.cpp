// The calls of API v1 that old alerting scripts make.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_v1 : public rest_caller {
protected:
    using rest_caller::rest_caller;

    // As scripts post: everything in the form, the token too.
    plain_answer post(const std::string& target, const std::string& form) const {
        return host_.send("POST", target, form,
                          {{"Content-Type", "application/x-www-form-urlencoded"}});
    }
    static std::string with(const std::string& token) { return "auth_token=" + token; }
    json::object get_v1(const std::string& token, const std::string& target) const {
        const plain_answer answer =
            host_.get(target + (target.find('?') == std::string::npos ? "?" : "&") + with(token)
                      + "&format=json");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return body_of(answer).as_object();
    }
};

// proves: host 4 serves v1 rooms/message
TEST_F(rest_v1, messages_are_notifications_under_the_scripts_own_name) {
    const std::string bell = room_token("Doorbell");
    const plain_answer sent = post(
        "/v1/rooms/message?format=json",
        with(bell)
            + "&room_id=Lobby&from=Nagios&message=disk+%3Cb%3Efull%3C%2Fb%3E&color=red&notify=1");
    ASSERT_EQ(sent.status, 200) << sent.body;
    EXPECT_EQ(body_of(sent).at("status"), "sent");
    const json::value posted = host_.changes_until("notification").back();
    EXPECT_EQ(posted.at("from"), "Nagios");
    EXPECT_EQ(posted.at("color"), "red");
    EXPECT_EQ(posted.at("html"), "disk <b>full</b>");
    EXPECT_TRUE(posted.at("notify").as_bool());
    EXPECT_EQ(
        host_.get("/v1/rooms/message?room_id=1&from=a&message_format=text&message=hi&" + with(bell))
            .status,
        200);
}

TEST_F(rest_v1, messages_are_refused_with_the_parameter_that_is_wrong) {
    const std::string token = with(room_token("Doorbell"));
    EXPECT_EQ(field_of(post("/v1/rooms/message", token + "&from=a&message=x")), "room_id");
    EXPECT_EQ(field_of(post("/v1/rooms/message", token + "&room_id=1&message=x")), "from");
    EXPECT_EQ(field_of(post("/v1/rooms/message", token + "&room_id=1&from=a")), "message");
    EXPECT_EQ(
        field_of(post("/v1/rooms/message", token + "&room_id=1&from=a&message=x&color=black")),
        "color");
    EXPECT_EQ(post("/v1/rooms/message", token + "&room_id=99&from=a&message=x").status, 404);
    EXPECT_EQ(post("/v1/rooms/message", "room_id=1&from=a&message=x").status, 401);
}

// proves: host 4 serves v1 rooms/topic
TEST_F(rest_v1, topics_are_set) {
    const std::string form = "&room_id=1&topic=2+builds+red";
    EXPECT_EQ(post("/v1/rooms/topic", with(room_token("Bell")) + form).status, 403);
    EXPECT_EQ(post("/v1/rooms/topic", with(token_of("Bo")) + form).status, 403);
    const plain_answer set = post("/v1/rooms/topic", with(addon_token()) + form);
    EXPECT_EQ(set.status, 200) << set.body;
    EXPECT_EQ(body_of(set).at("status"), "ok");
    EXPECT_EQ(host_.changes_until("topic").back().at("topic"), "2 builds red");
}

// proves: host 4 serves v1 rooms/list
TEST_F(rest_v1, rooms_are_listed_with_their_own_names_for_things) {
    const std::string ada = token_of("Ada");
    ASSERT_EQ(ask(ada, "POST", "/v2/room", R"({"name":"Lab","privacy":"private"})").status, 201);
    host_.act("room_message", "Ada", "hello");
    const json::object list = get_v1(ada, "/v1/rooms/list");
    ASSERT_EQ(list.at("rooms").as_array().size(), 2U);
    const json::object& lobby = list.at("rooms").at(0).as_object();
    EXPECT_EQ(lobby.at("room_id").to_number<int>(), 1);
    EXPECT_GT(lobby.at("last_active").to_number<std::int64_t>(), 1'500'000'000);
    EXPECT_GT(lobby.at("created").to_number<std::int64_t>(), 1'500'000'000);
    EXPECT_EQ(list.at("rooms").at(1).at("is_private"), true);
    for (const char* const member :
         {"name", "topic", "owner_user_id", "is_archived", "guest_access_url", "xmpp_jid"})
        EXPECT_TRUE(lobby.contains(member)) << member;
    EXPECT_EQ(get_v1(token_of("Bo"), "/v1/rooms/list").at("rooms").as_array().size(), 1U);
}

// proves: host 4 serves v1 rooms/history
TEST_F(rest_v1, histories_are_of_a_day_or_recent) {
    const std::string ada = token_of("Ada");
    host_.act("room_message", "Ada", "hello");
    ask(addon_token(), "POST", "/v2/room/1/notification", R"({"message":"ding"})");
    const json::object recent = get_v1(ada, "/v1/rooms/history?room_id=1&date=recent");
    ASSERT_EQ(recent.at("messages").as_array().size(), 2U);
    const json::value& first = recent.at("messages").at(0);
    EXPECT_EQ(first.at("message"), "hello");
    EXPECT_EQ(first.at("from").at("name"), "Ada");
    EXPECT_EQ(recent.at("messages").at(1).at("from").at("user_id"), "api");
    const std::string date(first.at("date").as_string());
    EXPECT_TRUE(date.ends_with("+0000")) << date;
    EXPECT_EQ(get_v1(ada, "/v1/rooms/history?room_id=1&date=" + date.substr(0, 10)), recent);
    EXPECT_TRUE(get_v1(ada, "/v1/rooms/history?room_id=1&date=2001-01-01")
                    .at("messages")
                    .as_array()
                    .empty());
    EXPECT_EQ(field_of(host_.get("/v1/rooms/history?room_id=1&date=today&" + with(ada))), "date");
}

// proves: host 4 serves v1 users/list
TEST_F(rest_v1, users_are_listed_with_their_status) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    host_.act("room_exit", "Bo");
    const json::object list = get_v1(ada, "/v1/users/list");
    ASSERT_EQ(list.at("users").as_array().size(), 2U);
    EXPECT_EQ(list.at("users").at(0).at("status"), "available");
    EXPECT_EQ(list.at("users").at(1).at("status"), "offline");
    EXPECT_EQ(list.at("users").at(1).at("user_id").to_number<int>(), 2);
    for (const char* const member : {"name", "mention_name", "email", "title", "photo_url",
                                     "status_message", "is_group_admin", "is_deleted", "created"})
        EXPECT_TRUE(list.at("users").at(0).as_object().contains(member)) << member;
}

class rest_v1_limits : public rest_v1 {
protected:
    rest_v1_limits()
        : rest_v1([](host_options& options) {
              options.limits.user_calls = 2;
              options.limits.messages_a_minute = 1;
          }) {}
};

// proves: host 3.5 limits of v1
TEST_F(rest_v1_limits, are_answered_with_403) {
    const std::string ada = with(token_of("Ada"));
    EXPECT_EQ(host_.get("/v1/rooms/list?" + ada).header("X-Ratelimit-Remaining"), "1");
    host_.get("/v1/rooms/list?" + ada);
    EXPECT_EQ(host_.get("/v1/rooms/list?" + ada).status, 403);
    const std::string bell = with(room_token("Bell")) + "&room_id=1&from=a&message=x";
    EXPECT_EQ(post("/v1/rooms/message", bell).status, 200);
    EXPECT_EQ(post("/v1/rooms/message", bell).status, 403);
}

TEST_F(rest_v1, forms_carry_a_token_there_and_nowhere_else) {
    EXPECT_EQ(post("/v2/room/1/notification", with(room_token("Bell")) + "&message=x").status, 401);
}

}  // namespace
}  // namespace hipchat::host::testing
