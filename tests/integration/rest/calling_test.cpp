// What every call has in common: its token, its reach, and what it throws.

#include "hipchat/rest/messages.hpp"
#include "hipchat/rest/rooms.hpp"
#include "hipchat/rest/users.hpp"
#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class calling : public rest_calls {
protected:
    auto get_room(room_ref which = 4021) {
        return [this, which] { return rooms(client()).get(which); };
    }
};

// proves: addon 3.3 smallest scope
TEST_F(calling, takes_the_smallest_scope_that_the_descriptor_has) {
    with_scopes({scope::admin_group, scope::view_group, scope::view_room});
    host_has("room/4021", "room.get.json");
    result_of(get_room());
    EXPECT_EQ(token_scope(), "view_room");
}

// proves: addon 3.3 missing scope
TEST_F(calling, without_any_of_its_scopes_fails_at_once_and_names_them) {
    with_scopes({scope::send_notification, scope::admin_room});
    EXPECT_TRUE(contains(error_of<config_error>(get_room()), "view_room or view_group"));
    EXPECT_TRUE(contains(error_of<config_error>([&] { return rooms(client()).remove(1); }),
                         "manage_rooms"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

TEST_F(calling, another_room_than_that_of_the_installation_fails_at_once) {
    installed_in_room();
    host_has("room/4021", "room.get.json");
    EXPECT_EQ(result_of(get_room()).id, 4021);
    EXPECT_TRUE(contains(error_of<config_error>(get_room(7)), "room 7 is out of reach"));
    EXPECT_TRUE(contains(error_of<config_error>(
                             [&] { return room_messages(client()).notify(7, notification("x")); }),
                         "room 7 is out of reach"));
    EXPECT_EQ(host_.count("/v2/room/7"), 0U);
}

TEST_F(calling, renews_a_token_that_is_not_taken_any_more_once) {
    host_has("room/4021", "room.get.json");
    host_.answer_next("/v2/room/4021", transport::http_response::of(401, "application/json", "{}"));
    EXPECT_EQ(result_of(get_room()).id, 4021);
    const auto seen = host_.requests("/v2/room/4021");
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].authorization, "Bearer token-1");
    EXPECT_EQ(seen[1].authorization, "Bearer token-2");
    host_has("room/4021", "error.unauthorized.json", 401);
    EXPECT_TRUE(contains(error_of<api_error>(get_room()), "Invalid OAuth session"));
    EXPECT_EQ(host_.count("/v2/room/4021"), 4U);
    EXPECT_TRUE(hasty_.waits.empty());
}

TEST_F(calling, does_not_renew_a_users_token) {
    host_says("room/4021", 401);
    const rest::client as_ada = client().as_user(secret("adas-token"));
    error_of<api_error>([&] { return rooms(as_ada).get(4021); });
    EXPECT_EQ(host_.count("/v2/room/4021"), 1U);
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

// proves: host 3.4 errors
TEST_F(calling, gives_the_samples_of_errors_as_typed_errors) {
    host_has("room/4021", "error.forbidden_scope.json", 403);
    try {
        result_of(get_room());
        FAIL() << "it was accepted";
    } catch (const api_error& refused) {
        EXPECT_EQ(refused.status(), 403);
        EXPECT_TRUE(contains(refused.what(), "following scopes: ['view_group', 'view_room']"));
        EXPECT_TRUE(contains(refused.what(), "GET " + host_.base() + "/v2/room/4021"));
    }
    host_has("room/4021", "error.validation.json", 400);
    EXPECT_TRUE(contains(error_of<api_error>(get_room()),
                         "Value 'teal' for field 'color' is not in the enumeration"));
    host_has("room/4021", "error.rate_limited.json", 429);
    EXPECT_TRUE(contains(error_of<rate_limited>(get_room()), "Rate limit exceeded"));
}

TEST_F(calling, bounds_what_it_repeats_of_an_error) {
    host_says("room/4021", std::string(100'000, 'x'), 400);
    EXPECT_LT(error_of<api_error>(get_room()).size(), 500U);
}

TEST_F(calling, tells_an_answer_that_is_not_what_the_documents_say) {
    for (const char* nonsense :
         {"", "<html>", "[]", R"({"name":"no id"})", R"({"id":"x"})", R"({"id":1,"id":2})"}) {
        host_says("room/4021", nonsense);
        error_of<protocol_error>(get_room());
    }
    host_redirects("room/4021", "https://elsewhere.example/");
    EXPECT_TRUE(contains(error_of<protocol_error>(get_room()), "302"));
    host_says("room/4021/avatar", "{}");
    error_of<protocol_error>([&] { return rooms(client()).avatar(4021); });
}

TEST_F(calling, does_not_mind_members_of_another_type) {
    host_says("room/4021", R"({"id":"4021","name":5,"owner":"x","participants":{},"topic":null,)"
                           R"("is_archived":"yes","last_active":1489483613})");
    const room_details room = result_of(get_room());
    EXPECT_EQ(room.id, 4021);
    EXPECT_EQ(room.name, "5");
    EXPECT_FALSE(room.owner);
    EXPECT_TRUE(room.participants.empty());
    EXPECT_FALSE(room.is_archived);
    EXPECT_EQ(room.last_active, "1489483613");
}

}  // namespace
}  // namespace hipchat::testing
