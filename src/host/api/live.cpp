#include "host/api/live.hpp"

#include <utility>

#include "host/api/conversation.hpp"
#include "host/api/web.hpp"

namespace hipchat::host {

http_response live::open(const request& asked, const person_here& who) {
    wanted what{room_named(on_, who, asked), who, asked.parameter("name"), std::nullopt};
    if (who.who() == nullptr && !tidy_name(what.name.value_or("")))
        throw refusal(400, "'name' must be a name of 1 to 50 characters");
    if (asked.parameter("after")) what.after = asked.number("after", 0, 0, INT64_MAX);
    http_response response;
    response.talk = [this, what = std::move(what)](transport::websocket& socket) {
        return converse(socket, what);
    };
    return response;
}

task<> live::converse(transport::websocket& socket, wanted what) {
    if (stopped_) {
        socket.close();
        co_return;
    }
    open_.insert(&socket);
    bool failed = false;
    try {
        task<person> naming = acting_person(on_, what.who, std::move(what.name));
        person you = co_await naming;
        conversation talk(on_, socket,
                          {std::move(what.where), std::move(you), what.who.session_id()});
        task<> talking = talk.hold(what.after);
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
    const auto open = [](live& at, const request& asked,
                         const person_here& who) -> task<http_response> {
        co_return at.open(asked, who);
    };
    to.for_person_here("GET", "/api/rooms/{room}/live", role::guest,
                       [&sockets, open](const request& asked, const person_here& who) {
                           return open(sockets, asked, who);
                       });
}

}  // namespace hipchat::host
