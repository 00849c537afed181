#include "host/api/v2/rest.hpp"
#include "protocol/message.hpp"

namespace hipchat::host {
namespace {

notification read_body(const request& asked) {
    auto read = protocol::read_notification(asked.body());
    if (const auto* const failure = std::get_if<protocol::validation_failure>(&read))
        throw refusal(*failure);
    return std::get<notification>(std::move(read));
}

task<http_response> post_notification(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on.places, asked);
    notification what = read_body(asked);
    origin source{"rest", std::nullopt};
    task<std::optional<change>> notifying =
        on.act.notify(std::move(source), where->id, who.who(), std::move(what));
    const std::optional<change> made = co_await notifying;
    if (!made) throw refusal(401, "Invalid OAuth session");
    co_return http_response::no_content();
}

}  // namespace

void add_notification_routes(router& to, services& on) {
    to.for_bearer(
        "POST", "/v2/room/{room}/notification", {scope::send_notification},
        [&on](const request& asked, const access& who) {
            return recorded(
                on, asked,
                {.what = "notification", .about = who.who(), .room_id = who.who()->room_id},
                post_notification(on, asked, who));
        });
}

}  // namespace hipchat::host
