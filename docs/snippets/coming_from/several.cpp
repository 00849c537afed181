// Two add-ons in one program, each with a descriptor and installations of its own.

#include <hipchat/addon.hpp>

int main() {
    // [several]
    hipchat::addon ping{{.key = "ping", .name = "Ping"}};
    ping.on_message([](hipchat::room_message&) { return "ping"; });

    hipchat::addon pong{{.key = "pong", .name = "Pong"}};
    pong.at("/other");
    pong.on_message([](hipchat::room_message&) { return "pong"; });

    return hipchat::run({ping, pong});
    // [/several]
}
