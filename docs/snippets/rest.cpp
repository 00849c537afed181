#include <hipchat/addon.hpp>
#include <hipchat/rest/glances.hpp>
#include <hipchat/rest/messages.hpp>
#include <hipchat/rest/rooms.hpp>
#include <hipchat/rest/users.hpp>

namespace {

// [first]
hipchat::task<std::string> topic(hipchat::room_message& event) {
    const hipchat::rest::rooms rooms(event.tenant().rest());
    const auto here = co_await rooms.get(event.room());
    co_return "The topic is: " + here.topic;
}
// [/first]

// [paging]
hipchat::task<std::string> who_is_here(hipchat::room_message& event) {
    const hipchat::rest::rooms rooms(event.tenant().rest());
    std::string names;
    auto people = rooms.participants(event.room());
    while (const auto one = co_await people.next())
        names += one->name + "\n";
    co_return names;
}
// [/paging]

// [history]
hipchat::task<std::string> last_words(hipchat::room_message& event) {
    const hipchat::rest::room_messages messages(event.tenant().rest());
    const hipchat::rest::latest_query few(3);
    const auto latest = co_await messages.latest(event.room(), few);
    std::string text;
    for (const auto& one : latest)
        text += one.from_name + ": " + one.message.value_or("(deleted)") + "\n";
    co_return text;
}
// [/history]

// [update]
hipchat::task<> rename(hipchat::tenant tenant, std::int64_t room, std::string name) {
    const hipchat::rest::rooms rooms(tenant.rest());
    const auto now = co_await rooms.get(room);
    hipchat::rest::room_update changed(now);
    changed.name(name);
    co_await rooms.update(room, changed);
}
// [/update]

// [policy]
hipchat::task<hipchat::rest::user_details> patiently(hipchat::tenant tenant, std::int64_t user) {
    hipchat::call_policy slow;
    slow.within(std::chrono::minutes(2)).wait_when_limited();
    const hipchat::rest::users users(tenant.rest().with(slow));
    co_return co_await users.get(user);
}
// [/policy]

// [errors]
hipchat::task<std::string> email(hipchat::tenant tenant, std::int64_t user) {
    const hipchat::rest::users users(tenant.rest());
    try {
        const auto found = co_await users.get(user);
        co_return found.email;
    } catch (const hipchat::rate_limited& slow) {
        co_return "ask again in " + std::to_string(slow.retry_after().count()) + " s";
    } catch (const hipchat::api_error& refused) {
        co_return refused.status() == 404 ? "nobody" : "the host said no";
    }
}
// [/errors]

// [push]
hipchat::task<> push(hipchat::tenant tenant, std::int64_t room, int open) {
    const hipchat::rest::glances glances(tenant.rest());
    hipchat::rest::glance_updates now("issues", std::to_string(open) + " open");
    co_await glances.push_to_room(room, now);
}
// [/push]

}  // namespace

int main() {
    using enum hipchat::scope;
    hipchat::addon bot{
        {.key = "docs.rest",
         .name = "REST",
         .scopes = {send_notification, view_room, view_messages, view_group, admin_room}}};
    bot.calls(hipchat::call_policy().within(std::chrono::seconds(20)));
    bot.on_message("^/topic", topic);
    bot.on_message("^/who", who_is_here);
    bot.on_message("^/last", last_words);
    bot.on_message("^/name", [](hipchat::room_message& event) -> hipchat::task<> {
        co_await rename(event.tenant(), event.room().id(), "Lobby");
        const auto who = co_await patiently(event.tenant(), event.sender().id());
        co_await push(event.tenant(), event.room().id(), static_cast<int>(who.name.size()));
    });
    bot.on_message("^/mail", [](hipchat::room_message& event) {
        return email(event.tenant(), event.sender().id());
    });
    return hipchat::run(bot);
}
