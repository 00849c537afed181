// Messages: patterns with groups, slash commands, what a handler answers with, several handlers.

#include <hipchat/addon.hpp>

int main() {
    hipchat::addon listens{{.key = "peers.messages",
                            .name = "Messages",
                            .scopes = {hipchat::scope::send_notification}}};

    // [pattern]
    listens.on_message("^/hello (\\w+)", [](hipchat::room_message& event) {
        return hipchat::notification("hello " + std::string(event.match()[1]))
            .in(hipchat::color::green)
            .notify();
    });
    // [/pattern]

    // [command]
    listens.command({.name = "/karma", .usage = "NAME", .description = "counts points"},
                    [](hipchat::command_call& call) { return "points of " + call.rest(); });
    // [/command]

    // [events]
    listens.on_room_topic_change([](hipchat::room_topic_change& event) { return event.topic(); });
    listens.on_room_file_upload([](hipchat::room_file_upload& event) { return event.file().name; });
    // [/events]
    return hipchat::run(listens);
}
