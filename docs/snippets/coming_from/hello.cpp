// What the first page of every older library shows: a descriptor, an event, a notification, and
// what an installation is told.

#include <hipchat/addon.hpp>

int main() {
    int installations = 0;

    // [hello]
    hipchat::addon hello{{
        .key = "peers.hello",
        .name = "Hello",
        .description = "Greets whoever enters",
        .scopes = {hipchat::scope::send_notification},
        .allow_global = false,
        .from_name = "Hello bot",
        .vendor = hipchat::vendor{.name = "Example", .url = "https://example.com"},
    }};

    hello.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        co_await event.room().send_notification("hi: " + event.sender().name());
    });
    // [/hello]

    // [lifecycle]
    hello.on_installed([&](hipchat::installed& event) -> hipchat::task<> {
        ++installations;
        if (const auto room = event.room()) co_await room->send_notification("I live here now");
    });
    hello.on_uninstalled([&](hipchat::uninstalled&) { --installations; });
    // [/lifecycle]

    hello.anonymous_route("GET", "/installations", [&](hipchat::anonymous_request&) {
        return std::to_string(installations);
    });
    return hipchat::run(hello);
}
