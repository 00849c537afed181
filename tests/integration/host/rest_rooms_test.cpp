// Rooms, their members and who is in them, over the REST API.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_rooms : public rest_caller {
protected:
    std::string make(const std::string& token, const std::string& body) const {
        const plain_answer made = ask(token, "POST", "/v2/room", body);
        EXPECT_EQ(made.status, 201) << made.body;
        return std::to_string(body_of(made).at("id").to_number<int>());
    }
};
using strings = std::vector<std::string>;

// proves: host 4 serves POST /room; host 5 room
TEST_F(rest_rooms, are_made_with_their_topic_and_belong_to_whoever_made_them) {
    const std::string ada = token_of("Ada");
    const std::string id =
        make(ada, R"({"name":"Build Lab","topic":"Freeze","guest_access":false})");
    const json::object room = read(ada, "/v2/room/" + id);
    EXPECT_EQ(room.at("name"), "Build Lab");
    EXPECT_EQ(room.at("topic"), "Freeze");
    EXPECT_EQ(room.at("privacy"), "public");
    EXPECT_EQ(room.at("owner").at("name"), "Ada");
    EXPECT_EQ(room.at("xmpp_jid"), "1_build_lab@conf.localhost");
    EXPECT_EQ(room.at("links").at("self"), json::string(host_.base() + "/v2/room/" + id));
    EXPECT_EQ(room.at("last_active"), nullptr);
    for (const char* const member :
         {"created", "version", "is_archived", "is_guest_accessible", "guest_access_url",
          "avatar_url", "participants", "delegate_admin_visibility", "statistics"})
        EXPECT_TRUE(room.contains(member)) << member;
}

TEST_F(rest_rooms, are_refused_when_their_name_is_none_or_taken) {
    const std::string ada = token_of("Ada");
    for (const char* const body :
         {"{}", R"({"name":""})", R"({"name":"  "})", R"({"name":"lobby"})",
          R"({"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})"})
        EXPECT_EQ(field_of(ask(ada, "POST", "/v2/room", body)), "name") << body;
    EXPECT_EQ(field_of(ask(ada, "POST", "/v2/room", R"({"name":"A","owner_user_id":99})")),
              "owner_user_id");
}

// proves: host 4 serves PUT /room/{r}
TEST_F(rest_rooms, are_changed_as_a_whole) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    const std::string id = make(ada, R"({"name":"Lab"})");
    const std::string whole =
        R"({"name":"Laboratory","topic":"t","privacy":"private","is_archived":true,)"
        R"("is_guest_accessible":true,"owner":{"id":1}})";
    EXPECT_EQ(ask(ada, "PUT", "/v2/room/" + id, whole).status, 204);
    const json::object room = read(ada, "/v2/room/Laboratory");
    EXPECT_EQ(room.at("privacy"), "private");
    EXPECT_TRUE(room.at("is_archived").as_bool());
    EXPECT_TRUE(room.at("guest_access_url").is_string());
    EXPECT_EQ(field_of(ask(ada, "PUT", "/v2/room/" + id, R"({"name":"Lab"})")), "topic");
    EXPECT_EQ(field_of(ask(ada, "PUT", "/v2/room/" + id,
                           R"({"name":"Lobby","topic":"","privacy":"public","is_archived":false,)"
                           R"("is_guest_accessible":false,"owner":{"id":1}})")),
              "name");
}

TEST_F(rest_rooms, are_changed_by_their_owner_only) {
    const std::string id = make(token_of("Ada"), R"({"name":"Lab"})");
    const std::string bo = token_of("Bo");
    EXPECT_EQ(ask(bo, "PUT", "/v2/room/" + id + "/topic", R"({"topic":"x"})").status, 403);
    EXPECT_EQ(ask(bo, "DELETE", "/v2/room/" + id).status, 403);
}

// proves: host 4 serves DELETE /room/{r}
TEST_F(rest_rooms, are_gone_when_they_are_deleted_and_their_name_is_free) {
    const std::string ada = token_of("Ada");
    const std::string id = make(ada, R"({"name":"Lab"})");
    EXPECT_EQ(ask(ada, "DELETE", "/v2/room/" + id).status, 204);
    EXPECT_EQ(get(ada, "/v2/room/" + id).status, 404);
    EXPECT_NE(make(ada, R"({"name":"Lab"})"), id);
}

TEST_F(rest_rooms, may_all_be_deleted) {
    const std::string ada = token_of("Ada");
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/room/1").status, 204);
    EXPECT_EQ(host_.get("/").status, 404);
    EXPECT_EQ(host_.get("/addons/install?url=x").status, 404);
    make(ada, R"({"name":"Lobby"})");
    EXPECT_EQ(host_.get("/").status, 302);
}

// proves: host 4 serves PUT /room/{r}/topic
TEST_F(rest_rooms, tell_everybody_of_a_new_topic) {
    EXPECT_EQ(ask(addon_token(), "PUT", "/v2/room/1/topic", R"({"topic":"2 builds red"})").status,
              204);
    const json::value told = host_.changes_until("topic").back();
    EXPECT_EQ(told.at("topic"), "2 builds red");
    EXPECT_EQ(told.at("by"), "Sample");
    EXPECT_EQ(read(addon_token(), "/v2/room/1").at("topic"), "2 builds red");
    EXPECT_EQ(field_of(ask(addon_token(), "PUT", "/v2/room/1/topic",
                           R"({"topic":")" + std::string(251, 'x') + R"("})")),
              "topic");
}

// proves: host 4 serves GET /room
TEST_F(rest_rooms, are_listed_but_for_archived_ones_and_private_ones_of_others) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    make(ada, R"({"name":"Secret","privacy":"private"})");
    const std::string old = make(ada, R"({"name":"Old"})");
    EXPECT_EQ(ask(ada, "PUT", "/v2/room/" + old,
                  R"({"name":"Old","topic":"","privacy":"public","is_archived":true,)"
                  R"("is_guest_accessible":false,"owner":{"id":1}})")
                  .status,
              204);
    EXPECT_EQ(column(read(ada, "/v2/room")), (strings{"Lobby", "Secret"}));
    EXPECT_EQ(column(read(ada, "/v2/room?include-private=false")), strings{"Lobby"});
    EXPECT_EQ(column(read(ada, "/v2/room?include-archived=true")),
              (strings{"Lobby", "Secret", "Old"}));
    EXPECT_EQ(column(read(bo, "/v2/room")), strings{"Lobby"});
    EXPECT_EQ(get(bo, "/v2/room/Secret").status, 404);
}

// proves: host 4 serves GET /room/{r}/statistics
TEST_F(rest_rooms, say_how_much_was_said_in_them) {
    host_.act("room_message", "Ada", "hello");
    host_.act("room_message", "Ada", "again");
    const json::object statistics = read(addon_token(), "/v2/room/1/statistics");
    EXPECT_EQ(statistics.at("messages_sent").to_number<int>(), 2);
    EXPECT_TRUE(statistics.at("last_active").is_string());
}

// proves: host 4 serves /room/{r}/member; host 5 member
TEST_F(rest_rooms, that_are_private_have_members) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    const std::string path = "/v2/room/" + make(ada, R"({"name":"Lab","privacy":"private"})");
    EXPECT_EQ(get(bo, path).status, 404);
    EXPECT_EQ(ask(ada, "PUT", path + "/member/@Bo", R"({"room_roles":["room_admin"]})").status,
              204);
    EXPECT_EQ(get(bo, path).status, 200);
    const json::object members = read(ada, path + "/member");
    EXPECT_EQ(column(members), (strings{"Ada", "Bo"}));
    EXPECT_EQ(json::serialize(members.at("items").at(1).at("room_roles")),
              R"(["room_member","room_admin"])");
    EXPECT_EQ(ask(ada, "DELETE", path + "/member/@Bo").status, 204);
    EXPECT_EQ(get(bo, path).status, 404);
    EXPECT_EQ(ask(ada, "DELETE", path + "/member/@Ada").status, 400);
    EXPECT_EQ(get(ada, "/v2/room/1/member").status, 400);
    EXPECT_EQ(field_of(ask(ada, "PUT", path + "/member/@Bo", R"({"roles":["king"]})")),
              "room_roles");
}

// proves: host 4 serves GET /room/{r}/participant
TEST_F(rest_rooms, say_who_is_in_them_or_could_be) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    host_.act("room_exit", "Bo");
    EXPECT_EQ(column(read(ada, "/v2/room/1/participant")), strings{"Ada"});
    EXPECT_EQ(column(read(ada, "/v2/room/1/participant?include-offline=true")),
              (strings{"Ada", "Bo"}));
}

// proves: host 4 serves POST /room/{r}/invite/{u}
TEST_F(rest_rooms, take_people_who_are_invited) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    const std::string path = "/v2/room/" + make(ada, R"({"name":"Lab","privacy":"private"})");
    EXPECT_EQ(ask(ada, "POST", path + "/invite/@Bo", R"({"reason":"we need you"})").status, 204);
    EXPECT_EQ(get(bo, path).status, 200);
    EXPECT_EQ(ask(addon_token(), "POST", "/v2/room/1/invite/@Bo", R"({"reason":"come"})").status,
              204);
    const json::value told = host_.changes_until("invited").back();
    EXPECT_EQ(told.at("reason"), "come");
    EXPECT_EQ(told.at("by"), "Sample");
}

TEST_F(rest_rooms, survive_a_restart_as_they_are) {
    const temporary_folder folder;
    {
        const running_host first(folder.file("data"));
        first.act("room_enter", "Ada");
        const std::string token(
            body_of(first.send("POST", "/api/people/Ada/tokens",
                               R"({"label":"x","scopes":["manage_rooms","view_group"]})"))
                .at("token")
                .as_string());
        EXPECT_EQ(first
                      .send("POST", "/v2/room", R"({"name":"Lab","privacy":"private"})",
                            {{"Authorization", "Bearer " + token}})
                      .status,
                  201);
    }
    const running_host second(folder.file("data"));
    EXPECT_EQ(body_of(second.get("/api/rooms")).at("rooms").at(1).at("privacy"), "private");
}

}  // namespace
}  // namespace hipchat::host::testing
