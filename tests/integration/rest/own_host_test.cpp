// The calls that our own host has, made by an add-on that it installed: no answer is scripted.

#include <gtest/gtest.h>

#include <future>

#include "hipchat/rest/groups.hpp"
#include "hipchat/rest/messages.hpp"
#include "hipchat/rest/modules.hpp"
#include "hipchat/rest/rooms.hpp"
#include "hipchat/rest/sessions.hpp"
#include "hipchat/rest/users.hpp"
#include "hipchat/rest/webhooks.hpp"
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

struct done_by_addon {
    std::string topic;
    std::int64_t said = 0;
    std::vector<std::string> here;
    std::vector<std::string> people;
    std::string title_of_ada;
    std::vector<std::string> history;
    std::string one_message;
    std::string webhook_pattern;
    std::size_t webhooks_left = 1;
    std::string panel_url;
    std::string group;
};

task<> act_in_room(tenant where, hipchat::room room, done_by_addon& done) {
    const rest::rooms rooms(where.rest());
    co_await rooms.set_topic(room, "Set by REST");
    const rest::room_details details = co_await rooms.get(room);
    done.topic = details.topic;
    const rest::room_statistics counted = co_await rooms.statistics(room);
    done.said = counted.messages_sent;
    auto participants = rooms.participants(room);
    while (const auto each = co_await participants.next())
        done.here.push_back(each->name);

    const rest::webhooks hooks(where.rest());
    const rest::created made = co_await hooks.create(
        room, rest::new_webhook("room_message", "/event/added").pattern("^/x").name("x"));
    const rest::webhook_details hook = co_await hooks.get(room, made.id);
    done.webhook_pattern = hook.pattern;
    co_await hooks.remove(room, made.id);
    auto left = hooks.list(room);
    done.webhooks_left = 0;
    while (const auto each = co_await left.next())
        ++done.webhooks_left;

    const rest::modules modules(where.rest(), room);
    web_panel_module panel{.key = "board", .name = "Board", .url = "/board"};
    co_await modules.put(std::move(panel));
    const web_panel_module shown = co_await modules.web_panel("board");
    done.panel_url = shown.url;
    co_await modules.remove_web_panel("board");
}

task<> read_around(tenant where, hipchat::room room, done_by_addon& done) {
    const rest::users users(where.rest());
    auto all = users.list();
    while (const auto each = co_await all.next())
        done.people.push_back(each->name);
    const rest::user_details ada = co_await users.get("@Ada");
    done.title_of_ada = ada.timezone;
    const rest::groups groups(where.rest());
    const rest::group_details group = co_await groups.get(1);
    done.group = group.name;
    const rest::room_messages messages(where.rest());
    auto history = messages.history(room);
    std::string last;
    while (const auto each = co_await history.next()) {
        done.history.push_back(each->message.value_or(""));
        last = each->id;
    }
    const rest::logged_message one = co_await messages.get(room, last);
    done.one_message = one.message.value_or("");
}

task<> act(tenant where, hipchat::room room, std::promise<done_by_addon>& into) {
    try {
        done_by_addon done;
        co_await act_in_room(where, room, done);
        co_await read_around(where, room, done);
        into.set_value(std::move(done));
    } catch (...) {
        into.set_exception(std::current_exception());
    }
}

TEST(our_own_host, does_what_the_client_asks_of_rooms_webhooks_modules_people_and_history) {
    const temporary_folder folder;
    const host::testing::running_host host(folder.path().string());
    addon program{
        {.key = "doer",
         .name = "Doer",
         .scopes = {scope::admin_room, scope::view_group, scope::view_messages, scope::view_room}}};
    std::promise<done_by_addon> acted;
    program.on_message(
        "^/go", [&acted](room_message& event) { return act(event.tenant(), event.room(), acted); });
    const running_addon running(program);
    ASSERT_EQ(
        host.install("http://localhost:" + std::to_string(running.port()) + "/addon/descriptor",
                     R"(["admin_room","view_group","view_messages","view_room"])")
            .status,
        201);
    host.act("room_enter", "Ada");
    host.act("room_message", "Ada", "first");
    host.act("room_message", "Ada", "/go");
    const done_by_addon done = acted.get_future().get();
    EXPECT_EQ(done.topic, "Set by REST");
    EXPECT_EQ(done.said, 2);
    EXPECT_EQ(done.here, std::vector<std::string>{"Ada"});
    EXPECT_EQ(done.people, std::vector<std::string>{"Ada"});
    EXPECT_EQ(done.title_of_ada, "UTC");
    EXPECT_EQ(done.history, (std::vector<std::string>{"first", "/go"}));
    EXPECT_EQ(done.one_message, "/go");
    EXPECT_EQ(done.webhook_pattern, "^/x");
    EXPECT_EQ(done.webhooks_left, 0U);
    EXPECT_TRUE(done.panel_url.ends_with("/board")) << done.panel_url;
    EXPECT_EQ(done.group, "HipChat");
}

}  // namespace
}  // namespace hipchat::testing
