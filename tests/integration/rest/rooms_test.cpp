#include "hipchat/rest/rooms.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class rooms_calls : public rest_calls {
protected:
    rooms all() const { return rooms(client()); }
};

// proves: host 4 GET /room
TEST_F(rooms_calls, list_the_sample_room) {
    host_has("room", "room.list.json");
    auto found = all().list();
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].id, 4021);
    EXPECT_EQ(items[0].name, "Build Lab");
    EXPECT_EQ(items[0].privacy, "public");
    EXPECT_FALSE(items[0].is_archived);
    EXPECT_EQ(items[0].version, "K3P9QX7T");
    EXPECT_TRUE(items[0].json->contains("links"));
    called("GET", "room", "view_group");
    EXPECT_EQ(request_at("room").query, "start-index=0&max-results=100");
}

TEST_F(rooms_calls, list_what_the_filter_says) {
    host_has("room", "room.list.json");
    auto found = all().list(room_filter().include_private(false).include_archived());
    result_of([&] { return found.all(); });
    EXPECT_EQ(request_at("room").query,
              "include-private=false&include-archived=true&start-index=0&max-results=100");
}

// proves: host 4 POST /room
TEST_F(rooms_calls, create_a_room) {
    host_says("room", R"({"id":7,"links":{"self":"https://h.example/v2/room/7"}})", 201);
    const new_room wanted = new_room("War Room")
                                .topic("Now")
                                .is_private()
                                .guest_access()
                                .owner("@AdaL")
                                .delegate_admin_visibility();
    const created made = result_of([&] { return all().create(wanted); });
    EXPECT_EQ(made.id, 7);
    EXPECT_EQ(made.self, "https://h.example/v2/room/7");
    EXPECT_EQ(called("POST", "room", "manage_rooms"),
              json::parse(R"({"name":"War Room","topic":"Now","privacy":"private",)"
                          R"("guest_access":true,"owner_user_id":"@AdaL",)"
                          R"("delegate_admin_visibility":true})"));
}

// proves: host 4 GET /room/{r}
TEST_F(rooms_calls, get_the_sample_room) {
    host_has("room/4021", "room.get.json");
    const room_details room = result_of([&] { return all().get(4021); });
    EXPECT_EQ(room.id, 4021);
    EXPECT_EQ(room.topic, "Release week: freeze on Thursday");
    ASSERT_TRUE(room.owner);
    EXPECT_EQ(room.owner->mention_name, "AdaL");
    ASSERT_EQ(room.participants.size(), 2U);
    EXPECT_EQ(room.participants[1].name, "Bo Tanaka");
    EXPECT_EQ(room.created, "2016-11-02T08:00:00+00:00");
    EXPECT_EQ(room.last_active, "2017-03-14T09:27:10+00:00");
    EXPECT_EQ(room.xmpp_jid, "1_build_lab@conf.hipchat.example.test");
    EXPECT_FALSE(room.is_guest_accessible);
    EXPECT_EQ(room.guest_access_url, "");
    EXPECT_FALSE(room.delegate_admin_visibility);
    EXPECT_TRUE(room.json->contains("statistics"));
    called("GET", "room/4021", "view_room");
}

TEST_F(rooms_calls, name_a_room_in_any_spelling) {
    host_has("room/Build%20Lab%2F%C3%A4", "room.get.json");
    EXPECT_EQ(result_of([&] { return all().get("Build Lab/\xC3\xA4"); }).id, 4021);
    for (const std::string& name :
         {std::string(), std::string(101, 'x'), std::string(".."), std::string("\xFF")})
        EXPECT_TRUE(contains(error_of<config_error>([&] { return all().get(name); }), "room"));
    EXPECT_EQ(host_.count("/v2/room/Build%20Lab%2F%C3%A4"), 1U);
}

// proves: host 4 PUT /room/{r}
TEST_F(rooms_calls, update_what_the_room_is_now) {
    host_has("room/4021", "room.get.json");
    const room_details room = result_of([&] { return all().get(4021); });
    host_says("room/4021", 204);
    const room_update changed =
        room_update(room).name("Lab").topic("Open").is_private().is_archived().guest_access();
    result_of([&] { return all().update(4021, changed); });
    const auto seen = host_.requests("/v2/room/4021");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].method, "PUT");
    EXPECT_EQ(json::parse(seen[1].body),
              json::parse(R"({"name":"Lab","topic":"Open","privacy":"private","is_archived":true,)"
                          R"("is_guest_accessible":true,"owner":{"id":117}})"));
    const room_update ownerless{room_details()};
    EXPECT_TRUE(contains(error_of<config_error>(
                             [&] { return all().update(4021, room_update(ownerless).name("x")); }),
                         "owner.id"));
}

// proves: host 4 DELETE /room/{r}
TEST_F(rooms_calls, remove_a_room) {
    host_says("room/4021", 204);
    result_of([&] { return all().remove(4021); });
    called("DELETE", "room/4021", "manage_rooms");
}

// proves: host 4 GET /room/{r}/statistics
TEST_F(rooms_calls, count_what_was_said) {
    host_says("room/4021/statistics",
              R"({"messages_sent":42,"last_active":"2017-03-14T09:27:10+00:00","links":{}})");
    const room_statistics counted = result_of([&] { return all().statistics(4021); });
    EXPECT_EQ(counted.messages_sent, 42);
    EXPECT_EQ(counted.last_active, "2017-03-14T09:27:10+00:00");
    called("GET", "room/4021/statistics", "view_room");
}

// proves: host 4 PUT /room/{r}/topic
TEST_F(rooms_calls, set_the_topic) {
    host_says("room/4021/topic", 204);
    result_of([&] { return all().set_topic(4021, "Freeze"); });
    EXPECT_EQ(called("PUT", "room/4021/topic", "admin_room"), json::parse(R"({"topic":"Freeze"})"));
    EXPECT_TRUE(contains(
        error_of<config_error>([&] { return all().set_topic(4021, std::string(251, 'x')); }),
        "topic has 251 characters"));
}

// proves: host 4 GET /room/{r}/avatar
TEST_F(rooms_calls, find_the_avatar) {
    host_redirects("room/4021/avatar", "https://img.example/a.png");
    EXPECT_EQ(result_of([&] { return all().avatar(4021); }), "https://img.example/a.png");
    called("GET", "room/4021/avatar", "view_group");
    host_says("room/4021/avatar", 204);
    EXPECT_EQ(result_of([&] { return all().avatar(4021); }), "");
}

// proves: host 4 PUT /room/{r}/avatar
TEST_F(rooms_calls, set_the_avatar) {
    host_says("room/4021/avatar", 204);
    result_of([&] { return all().set_avatar(4021, "\x89PNG\xFF\xFE"); });
    EXPECT_EQ(called("PUT", "room/4021/avatar", "admin_room"),
              json::parse(R"({"avatar":"iVBOR//+"})"));
    EXPECT_TRUE(
        contains(error_of<config_error>([&] { return all().set_avatar(4021, ""); }), "avatar"));
}

// proves: host 4 DELETE /room/{r}/avatar
TEST_F(rooms_calls, remove_the_avatar) {
    host_says("room/4021/avatar", 204);
    result_of([&] { return all().remove_avatar(4021); });
    called("DELETE", "room/4021/avatar", "admin_room");
}

constexpr const char* members =
    R"({"items":[{"id":117,"name":"Ada Lindqvist","mention_name":"AdaL",)"
    R"("room_roles":["room_admin","room_member"]},{"id":118}],"startIndex":0,"maxResults":100})";

// proves: host 4 GET /room/{r}/member
TEST_F(rooms_calls, list_members) {
    host_says("room/4021/member", members);
    auto found = all().members(4021);
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].room_roles, (std::vector<std::string>{"room_admin", "room_member"}));
    EXPECT_EQ(items[1].id, 118);
    called("GET", "room/4021/member", "view_room");
}

// proves: host 4 PUT /room/{r}/member/{u}
TEST_F(rooms_calls, add_a_member) {
    host_says("room/4021/member/ada%40example.test", 204);
    const std::vector<std::string> roles{"room_admin"};
    result_of([&] { return all().add_member(4021, "ada@example.test", roles); });
    EXPECT_EQ(called("PUT", "room/4021/member/ada%40example.test", "admin_room"),
              json::parse(R"({"room_roles":["room_admin"]})"));
}

// proves: host 4 DELETE /room/{r}/member/{u}
TEST_F(rooms_calls, remove_a_member) {
    host_says("room/4021/member/%40AdaL", 204);
    result_of([&] { return all().remove_member(4021, "@AdaL"); });
    called("DELETE", "room/4021/member/%40AdaL", "admin_room");
}

// proves: host 4 GET /room/{r}/participant
TEST_F(rooms_calls, list_participants) {
    host_says("room/4021/participant", members);
    auto found = all().participants(4021, true);
    EXPECT_EQ(result_of([&] { return found.all(); }).size(), 2U);
    called("GET", "room/4021/participant", "view_room");
    EXPECT_EQ(request_at("room/4021/participant").query,
              "include-offline=true&start-index=0&max-results=100");
}

// proves: host 4 POST /room/{r}/invite/{u}
TEST_F(rooms_calls, invite_someone) {
    host_says("room/4021/invite/117", 204);
    result_of([&] { return all().invite(4021, 117, "we need you"); });
    EXPECT_EQ(called("POST", "room/4021/invite/117", "admin_room"),
              json::parse(R"({"reason":"we need you"})"));
    EXPECT_TRUE(contains(
        error_of<config_error>([&] { return all().invite(4021, 117, std::string(251, 'x')); }),
        "reason has 251 characters"));
}

}  // namespace
}  // namespace hipchat::testing
