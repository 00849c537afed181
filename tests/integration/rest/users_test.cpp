#include "hipchat/rest/users.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class users_calls : public rest_calls {
protected:
    users all() const { return users(client()); }
};

// proves: host 4 GET /user
TEST_F(users_calls, list_people) {
    host_says("user", R"({"items":[{"id":117,"name":"Ada Lindqvist","mention_name":"AdaL"}]})");
    auto found = all().list(true, true);
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].name, "Ada Lindqvist");
    called("GET", "user", "view_group");
    EXPECT_EQ(request_at("user").query,
              "include-guests=true&include-deleted=true&start-index=0&max-results=100");
}

// proves: host 4 POST /user
TEST_F(users_calls, create_someone_whatever_shape_the_answer_has) {
    host_says("user",
              R"({"entity":{"id":9,"links":{"self":"https://h.example/v2/user/9"}},)"
              R"("password":"swordfish"})",
              201);
    const new_user who = new_user("Cy", "cy@example.test")
                             .title("Tester")
                             .mention_name("Cy")
                             .is_group_admin()
                             .timezone("UTC")
                             .password(secret("sesame"));
    const created_user made = result_of([&] { return all().create(who); });
    EXPECT_EQ(made.id, 9);
    EXPECT_EQ(made.self, "https://h.example/v2/user/9");
    EXPECT_EQ(made.password.reveal(), "swordfish");
    EXPECT_FALSE(made.json->contains("password"));
    EXPECT_EQ(called("POST", "user", "admin_group"),
              json::parse(R"({"name":"Cy","email":"cy@example.test","title":"Tester",)"
                          R"("mention_name":"Cy","is_group_admin":true,"timezone":"UTC",)"
                          R"("password":"sesame"})"));
    host_says("user", R"({"id":10,"links":{"self":"https://h.example/v2/user/10"}})", 201);
    const created_user plain =
        result_of([&] { return all().create(new_user("Di", "di@example.test")); });
    EXPECT_EQ(plain.id, 10);
    EXPECT_EQ(plain.self, "https://h.example/v2/user/10");
    EXPECT_TRUE(plain.password.empty());
}

// proves: host 4 GET /user/{u}
TEST_F(users_calls, get_the_sample_user) {
    host_has("user/117", "user.get.json");
    const user_details user = result_of([&] { return all().get(117); });
    EXPECT_EQ(user.email, "ada@example.test");
    EXPECT_EQ(user.title, "Build engineer");
    EXPECT_EQ(user.timezone, "Europe/Stockholm");
    EXPECT_TRUE(user.is_group_admin);
    EXPECT_FALSE(user.is_guest);
    EXPECT_EQ(user.roles, std::vector<std::string>{"admin"});
    EXPECT_EQ(user.photo_url, "");
    ASSERT_TRUE(user.presence);
    EXPECT_EQ(user.presence->show, "dnd");
    EXPECT_EQ(user.presence->status, "release day");
    EXPECT_TRUE(user.presence->is_online);
    EXPECT_EQ(user.presence->client_type, "http://hipchat.com/client/web");
    EXPECT_EQ(user.last_active, "1489483613");
    EXPECT_EQ(user.group_id, 1);
    EXPECT_EQ(user.group_name, "Example Group");
    called("GET", "user/117", "view_group");
}

TEST_F(users_calls, tell_who_is_offline) {
    host_says("user/117", R"({"id":117,"presence":null})");
    EXPECT_FALSE(result_of([&] { return all().get(117); }).presence);
}

// proves: host 4 PUT /user/{u}
TEST_F(users_calls, update_what_someone_is_now) {
    host_has("user/117", "user.get.json");
    const user_details user = result_of([&] { return all().get(117); });
    host_says("user/117", 204);
    const user_update changed = user_update(user).title("Lead").presence("away", "lunch");
    result_of([&] { return all().update(117, changed); });
    const auto seen = host_.requests("/v2/user/117");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].method, "PUT");
    EXPECT_EQ(json::parse(seen[1].body),
              json::parse(R"({"name":"Ada Lindqvist","mention_name":"AdaL",)"
                          R"("email":"ada@example.test","title":"Lead",)"
                          R"("timezone":"Europe/Stockholm","is_group_admin":true,)"
                          R"("presence":{"status":"lunch","show":"away"}})"));
    EXPECT_TRUE(contains(
        error_of<config_error>([&] { return all().update(117, user_update(user_details())); }),
        "name is empty"));
}

// proves: host 4 DELETE /user/{u}
TEST_F(users_calls, remove_someone) {
    host_says("user/117", 204);
    result_of([&] { return all().remove(117); });
    called("DELETE", "user/117", "admin_group");
}

// proves: host 4 GET /user/{u}/photo/{size}
TEST_F(users_calls, find_a_photo) {
    host_redirects("user/117/photo/big", "https://img.example/big.png");
    host_redirects("user/117/photo/small", "https://img.example/small.png");
    EXPECT_EQ(result_of([&] { return all().photo(117); }), "https://img.example/big.png");
    EXPECT_EQ(result_of([&] { return all().photo(117, photo_size::small); }),
              "https://img.example/small.png");
    called("GET", "user/117/photo/big", "view_group");
}

// proves: host 4 PUT /user/{u}/photo
TEST_F(users_calls, set_a_photo) {
    host_says("user/117/photo", 204);
    result_of([&] { return all().set_photo(117, "pic"); });
    EXPECT_EQ(called("PUT", "user/117/photo", "admin_group"), json::parse(R"({"photo":"cGlj"})"));
}

// proves: host 4 DELETE /user/{u}/photo
TEST_F(users_calls, remove_a_photo) {
    host_says("user/117/photo", 204);
    result_of([&] { return all().remove_photo(117); });
    called("DELETE", "user/117/photo", "admin_group");
}

// proves: host 4 GET /user/{u}/preference/auto-join
TEST_F(users_calls, list_the_rooms_someone_joins_at_start) {
    host_has("user/117/preference/auto-join", "room.list.json");
    auto found = all().auto_join(117);
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].name, "Build Lab");
    called("GET", "user/117/preference/auto-join", "view_group");
}

// proves: host 4 POST /invite/user
TEST_F(users_calls, invite_someone) {
    host_says("invite/user", R"({"id":3})");
    const resource answer =
        result_of([&] { return all().invite("Di", "di@example.test", "Designer"); });
    EXPECT_EQ(answer.json->at("id"), json::value(3));
    EXPECT_EQ(called("POST", "invite/user", "admin_group"),
              json::parse(R"({"name":"Di","email":"di@example.test","title":"Designer"})"));
}

}  // namespace
}  // namespace hipchat::testing
