#include <hipchat/addon.hpp>

int main() {
    hipchat::addon greeter{{
        .key = "hipchat-greeter",
        .name = "HipChat Greeter",
        .scopes = {hipchat::scope::send_notification},
    }};

    greeter.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        co_await event.room().send_notification("hi: " + event.sender().name());
    });

    return hipchat::run(greeter);
}
