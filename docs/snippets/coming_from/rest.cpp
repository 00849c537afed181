// Calls of the host: rooms, people, history, and glances that are pushed.

#include <hipchat/addon.hpp>
#include <hipchat/rest/glances.hpp>
#include <hipchat/rest/messages.hpp>
#include <hipchat/rest/rooms.hpp>

namespace {

// [calls]
hipchat::task<std::string> look_around(hipchat::room_message& event) {
    const hipchat::rest::rooms rooms(event.tenant().rest());
    const auto here = co_await rooms.get(event.room());
    std::string text = here.topic;
    auto people = rooms.participants(event.room());
    while (const auto one = co_await people.next())
        text += " " + one->name;
    co_return text;
}

hipchat::task<> set_topic(hipchat::room_message& event) {
    const hipchat::rest::rooms rooms(event.tenant().rest());
    co_await rooms.set_topic(event.room(), "news");
}

hipchat::task<std::string> history(hipchat::room_message& event) {
    const hipchat::rest::room_messages messages(event.tenant().rest());
    const auto latest = co_await messages.latest(event.room());
    co_return std::to_string(latest.size());
}
// [/calls]

// [push]
hipchat::task<> push(hipchat::room_message& event) {
    const hipchat::rest::glances glances(event.tenant().rest());
    const hipchat::rest::glance_updates now("issues", "5 open");
    co_await glances.push_to_group(now);
    co_await glances.push_to_room(event.room(), now);
    co_await glances.push_to_user(event.sender().id(), now);
    co_await glances.push_to_user_in_room(event.room(), event.sender().id(), now);
}
// [/push]

}  // namespace

int main() {
    using enum hipchat::scope;
    hipchat::addon calls{{.key = "peers.rest",
                          .name = "REST",
                          .scopes = {view_room, view_group, view_messages, admin_room}}};
    calls.on_message("^/look", look_around);
    calls.on_message("^/topic", set_topic);
    calls.on_message("^/history", history);
    calls.on_message("^/push", push);
    return hipchat::run(calls);
}
