#include "host/api/live.hpp"

#include <utility>

#include "host/api/conversation.hpp"
#include "host/api/web.hpp"

namespace hipchat::host {

http_response live::open(const request& asked) {
    const room_ptr where = room_named(on_, asked);
    std::optional<std::string> name = tidy_name(asked.parameter("name").value_or(""));
    if (!name) throw refusal(400, "'name' must be a name of 1 to 50 characters");
    std::optional<std::int64_t> after;
    if (asked.parameter("after")) after = asked.number("after", 0, 0, INT64_MAX);
    http_response response;
    response.talk = [this, where, name = *std::move(name), after](transport::websocket& socket) {
        return converse(socket, where, name, after);
    };
    return response;
}

task<> live::converse(transport::websocket& socket, room_ptr where, std::string name,
                      std::optional<std::int64_t> after) {
    if (stopped_) {
        socket.close();
        co_return;
    }
    open_.insert(&socket);
    bool failed = false;
    try {
        task<person> naming = on_.persons.named(std::move(name));
        person you = co_await naming;
        conversation talk(on_, socket, std::move(where), std::move(you));
        task<> talking = talk.hold(after);
        co_await talking;
    } catch (const std::exception& failure) {
        on_.log.error("a live socket failed", {{"why", failure.what()}});
        failed = true;
    }
    open_.erase(&socket);
    if (failed) socket.close();
}

void live::stop() {
    stopped_ = true;
    for (transport::websocket* const each : open_)
        each->close();
}

void add_live_routes(router& to, live& sockets) {
    const auto open = [](live& at, const request& asked) -> task<http_response> {
        co_return at.open(asked);
    };
    to.for_person_here("GET", "/api/rooms/{room}/live",
                       [&sockets, open](const request& asked, const person_here&) {
                           return open(sockets, asked);
                       });
}

}  // namespace hipchat::host
