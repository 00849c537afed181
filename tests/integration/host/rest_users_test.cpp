// People and their group, over the REST API.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_users : public rest_caller {};
using strings = std::vector<std::string>;

// proves: host 4 serves GET /user; host 4 serves GET /user/{u}; host 5 user
TEST_F(rest_users, are_listed_and_shown_whole) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    EXPECT_EQ(column(read(ada, "/v2/user")), (strings{"Ada", "Bo"}));
    const json::object user = read(ada, "/v2/user/@Ada");
    EXPECT_EQ(user.at("mention_name"), "Ada");
    EXPECT_EQ(user.at("email"), nullptr);
    EXPECT_TRUE(user.at("presence").at("is_online").as_bool());
    EXPECT_EQ(user.at("group").at("id").to_number<int>(), 1);
    EXPECT_EQ(user.at("xmpp_jid"), "1_1@chat.localhost");
    for (const char* const member : {"title", "timezone", "photo_url", "is_group_admin", "is_guest",
                                     "is_deleted", "roles", "created", "last_active", "version"})
        EXPECT_TRUE(user.contains(member)) << member;
    host_.act("room_exit", "Bo");
    EXPECT_EQ(read(ada, "/v2/user/@Bo").at("presence"), nullptr);
}

TEST_F(rest_users, were_last_active_when_they_came_went_or_spoke) {
    ASSERT_EQ(ask(addon_token(), "POST", "/v2/user", R"({"name":"Cy","email":"c@d.test"})").status,
              201);
    EXPECT_EQ(read(addon_token(), "/v2/user/@Cy").at("last_active"), nullptr);
    const std::string ada = token_of("Ada");
    const json::object user = read(ada, "/v2/user/@Ada");
    EXPECT_GT(std::stoll(std::string(user.at("last_active").as_string())), 1'500'000'000);
    ask(ada, "PUT", "/v2/user/@Ada", R"({"name":"Ada L","mention_name":"Ada","email":"a@b.test"})");
    EXPECT_EQ(read(ada, "/v2/user/@Ada").at("last_active"), user.at("last_active"));
}

// proves: host 4 serves POST /user
TEST_F(rest_users, are_made_by_those_who_administer_the_group) {
    const plain_answer made = ask(
        addon_token(), "POST", "/v2/user",
        R"({"name":"Cy Dee","email":"cy@example.test","title":"Eng","timezone":"Europe/Oslo"})");
    ASSERT_EQ(made.status, 201) << made.body;
    const json::object user = read(addon_token(), "/v2/user/cy@example.test");
    EXPECT_EQ(user.at("mention_name"), "CyDee");
    EXPECT_EQ(user.at("title"), "Eng");
    EXPECT_EQ(user.at("timezone"), "Europe/Oslo");
    EXPECT_EQ(field_of(ask(addon_token(), "POST", "/v2/user",
                           R"({"name":"Other","email":"CY@example.test"})")),
              "email");
    EXPECT_EQ(field_of(ask(addon_token(), "POST", "/v2/user", R"({"name":"A","email":"none"})")),
              "email");
    EXPECT_EQ(field_of(ask(addon_token(), "POST", "/v2/user", R"({"email":"a@b.test"})")), "name");
    EXPECT_EQ(ask(token_of("Ada"), "POST", "/v2/user", R"({"name":"B","email":"b@b.test"})").status,
              403);
}

// proves: host 4 serves PUT /user/{u}; host 5 presence
TEST_F(rest_users, change_themselves_and_their_presence_but_nobody_else) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    const std::string change =
        R"({"name":"Ada L","mention_name":"AdaL","email":"ada@example.test",)"
        R"("presence":{"show":"dnd","status":"release day"}})";
    EXPECT_EQ(ask(ada, "PUT", "/v2/user/@Ada", change).status, 204);
    const json::object user = read(ada, "/v2/user/@AdaL");
    EXPECT_EQ(user.at("name"), "Ada L");
    EXPECT_EQ(user.at("presence").at("show"), "dnd");
    EXPECT_EQ(user.at("presence").at("status"), "release day");
    EXPECT_EQ(ask(ada, "PUT", "/v2/user/@Bo",
                  R"({"name":"X","mention_name":"X","email":"x@example.test"})")
                  .status,
              403);
    EXPECT_EQ(ask(ada, "PUT", "/v2/user/@AdaL",
                  R"({"name":"Ada L","mention_name":"AdaL","email":"ada@example.test",)"
                  R"("is_group_admin":true})")
                  .status,
              403);
}

// proves: host 4 serves DELETE /user/{u}
TEST_F(rest_users, who_are_deleted_are_shown_on_demand_only) {
    token_of("Ada");
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/user/@Ada").status, 204);
    EXPECT_TRUE(read(addon_token(), "/v2/user").at("items").as_array().empty());
    EXPECT_EQ(column(read(addon_token(), "/v2/user?include-deleted=true")), strings{"Ada"});
    EXPECT_TRUE(read(addon_token(), "/v2/user/1").at("is_deleted").as_bool());
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/user/1").status, 404);
}

TEST_F(rest_users, who_are_deleted_lose_their_tokens) {
    const std::string ada = token_of("Ada");
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/user/@Ada").status, 204);
    EXPECT_EQ(get(ada, "/v2/room/1").status, 401);
}

// proves: host 4 serves GET /user/{u}/preference/auto-join
TEST_F(rest_users, join_the_rooms_that_they_belong_to) {
    const std::string ada = token_of("Ada");
    ASSERT_EQ(ask(ada, "POST", "/v2/room", R"({"name":"Lab","privacy":"private"})").status, 201);
    EXPECT_EQ(column(read(ada, "/v2/user/@Ada/preference/auto-join")), strings{"Lab"});
}

// proves: host 4 serves GET /group/{id}; host 4 serves GET /group/{id}/statistics
TEST_F(rest_users, are_of_a_group) {
    const std::string ada = token_of("Ada");
    const json::object group = read(ada, "/v2/group/1?expand=statistics");
    EXPECT_EQ(group.at("name"), "HipChat");
    EXPECT_EQ(group.at("statistics").at("users").to_number<int>(), 1);
    EXPECT_EQ(get(ada, "/v2/group/2").status, 404);
}

}  // namespace
}  // namespace hipchat::host::testing
