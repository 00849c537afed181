#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

posting read_body(const request& asked) {
    auto read = read_posting(asked.body());
    if (const auto* const failure = std::get_if<protocol::validation_failure>(&read))
        throw refusal(*failure);
    return std::get<posting>(std::move(read));
}

task<http_response> post_notification(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    posting what = read_body(asked);
    notifier sender;
    sender.client = who.client();
    if (const person* const user = who.user())
        sender.name = user->name;
    else
        sender.name = sender.client ? sender.client->sender_name() : who.room_label();
    const allowance left = on.limits.count_message("room " + std::to_string(where->id));
    origin source{"rest", std::nullopt};
    task<std::optional<change>> notifying =
        on.act.notify(std::move(source), where->id, std::move(sender), std::move(what));
    const std::optional<change> made = co_await notifying;
    if (!made) throw refusal(401, "Invalid OAuth session");
    http_response done = http_response::no_content();
    meter::say_messages(done, left);
    co_return done;
}

}  // namespace

void add_notification_routes(router& to, services& on) {
    to.for_bearer("POST", "/v2/room/{room}/notification", {scope::send_notification},
                  [&on](const request& asked, const access& who) {
                      record_label label{.what = "notification", .about = who.client()};
                      if (who.client()) label.room_id = who.client()->room_id;
                      return recorded(on, asked, std::move(label),
                                      post_notification(on, asked, who));
                  });
}

}  // namespace hipchat::host
