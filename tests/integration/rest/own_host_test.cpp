// The calls that our own host has, made by an add-on that it installed: no answer is scripted.

#include <gtest/gtest.h>

#include <future>

#include "hipchat/rest/messages.hpp"
#include "hipchat/rest/rooms.hpp"
#include "hipchat/rest/sessions.hpp"
#include "integration/addon/running_addon.hpp"
#include "integration/host/running_host.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

struct seen_by_addon {
    rest::room_details room;
    rest::session own;
    int status_of_strange_token = 0;
    std::string missing_scope;
    std::string other_room;
};

task<seen_by_addon> look_around(tenant where, hipchat::room room) {
    const rest::rooms rooms(where.rest());
    const rest::sessions sessions(where.rest());
    seen_by_addon seen;
    seen.room = co_await rooms.get(room);
    seen.own = co_await sessions.current();
    try {
        co_await sessions.get(secret("nobodys"));
    } catch (const api_error& refused) {
        seen.status_of_strange_token = refused.status();
    }
    try {
        const rest::room_update changed = rest::room_update(seen.room).owner(1);
        co_await rooms.update(room, changed);
    } catch (const config_error& refused) {
        seen.missing_scope = refused.what();
    }
    try {
        co_await rooms.get(room.id() + 1);
    } catch (const config_error& refused) {
        seen.other_room = refused.what();
    }
    const rest::room_messages messages(where.rest());
    co_await messages.notify(seen.room.name, notification("seen").from("REST"));
    co_return seen;
}

task<> look_for(tenant where, hipchat::room room, std::promise<seen_by_addon>& into) {
    try {
        into.set_value(co_await look_around(std::move(where), std::move(room)));
    } catch (...) {
        into.set_exception(std::current_exception());
    }
}

TEST(our_own_host, answers_the_calls_that_it_has) {
    const temporary_folder folder;
    const host::testing::running_host host(folder.path().string());
    addon program{{.key = "looker",
                   .name = "Looker",
                   .scopes = {scope::send_notification, scope::view_room}}};
    std::promise<seen_by_addon> looked;
    program.on_room_enter(
        [&looked](room_enter& event) { return look_for(event.tenant(), event.room(), looked); });
    const running_addon running(program);
    ASSERT_EQ(
        host.install("http://localhost:" + std::to_string(running.port()) + "/addon/descriptor")
            .status,
        201);
    host.act("room_enter", "Ada");
    const seen_by_addon seen = looked.get_future().get();
    EXPECT_EQ(seen.room.id, 1);
    EXPECT_FALSE(seen.room.name.empty());
    EXPECT_EQ(seen.own.owner_type, "client");
    EXPECT_EQ(seen.own.scopes.size(), 2U) << "the token of the install serves its first calls";
    ASSERT_TRUE(seen.own.room);
    EXPECT_EQ(seen.own.room->id, 1);
    EXPECT_EQ(seen.status_of_strange_token, 401);
    EXPECT_NE(seen.missing_scope.find("admin_room"), std::string::npos) << seen.missing_scope;
    EXPECT_NE(seen.other_room.find("room 2 is out of reach"), std::string::npos) << seen.other_room;
    const json::array changes = host.changes_until("notification");
    EXPECT_NE(json::serialize(changes).find("\"seen\""), std::string::npos);
}

}  // namespace
}  // namespace hipchat::testing
