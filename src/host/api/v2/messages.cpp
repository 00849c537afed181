#include "host/api/v2/sending.hpp"

namespace hipchat::host {
namespace {

constexpr text_length room_message_length{1, 1000};
constexpr text_length private_message_length{1, 10'000};
constexpr text_length comment_length{0, 1000};
constexpr text_length link_length{1, 2000};
constexpr text_length id_length{1, 100};

task<http_response> post_message(services& on, const request& asked, const user_access& who) {
    const recipient to = room_recipient(on, asked, who);
    said what{.text = fields(asked.object()).text("message", room_message_length)};
    const allowance left = count_message(on, to);
    task<http_response> sending = send(on, to, who.who(), std::move(what), 201, left);
    co_return co_await sending;
}

task<http_response> post_private_message(services& on, const request& asked,
                                         const user_access& who) {
    const recipient to = person_recipient(on, asked);
    const fields body(asked.object());
    said what{.text = body.text("message", private_message_length)};
    what.attached["notify"] = body.optional_boolean("notify").value_or(false);
    what.attached["format"] =
        body.optional_one_of("message_format", {"text", "html"}).value_or("text");
    const allowance left = count_message(on, to);
    task<http_response> sending = send(on, to, who.who(), std::move(what), 204, left);
    co_return co_await sending;
}

task<http_response> post_reply(services& on, const request& asked, const user_access& who) {
    const recipient to = room_recipient(on, asked, who);
    const fields body(asked.object());
    const std::string parent = body.text("parentMessageId", id_length);
    said what{.text = body.text("message", room_message_length)};
    const auto read = [room = to.where->id, parent](connection& from) {
        return find_message(from, message_log::in_room(room), parent);
    };
    task<change_ptr> reading = on.store.read(read);
    const change_ptr answered = co_await reading;
    if (!answered)
        refuse_field("parentMessageId", "exists", json::string(parent),
                     "is no message of this room");
    what.attached["parent_id"] = parent;
    const allowance left = count_message(on, to);
    task<http_response> sending = send(on, to, who.who(), std::move(what), 204, left);
    co_return co_await sending;
}

task<http_response> share_link(services& on, const request& asked, const user_access& who,
                               recipient to) {
    const fields body(asked.object());
    const std::string link = body.text("link", link_length);
    if (!link.starts_with("http://") && !link.starts_with("https://"))
        refuse_field("link", "format", json::string(link), "must begin with http:// or https://");
    const std::string comment = body.optional_text("message", comment_length).value_or("");
    said what{.text = comment.empty() ? link : comment + " " + link};
    what.attached["link"] = link;
    const allowance left = count_message(on, to);
    task<http_response> sending = send(on, std::move(to), who.who(), std::move(what), 204, left);
    co_return co_await sending;
}

// One old library puts, others post (host-side.md 4).
void add_link_routes(router& to, services& on, const std::string& path,
                     const find_recipient& find) {
    for (const char* const method : {"POST", "PUT"})
        to.for_user(method, path + "/share/link", {scope::send_message},
                    [&on, find](const request& asked, const user_access& who) {
                        return share_link(on, asked, who, find(asked, who));
                    });
}

}  // namespace

void add_message_routes(router& to, services& on) {
    const std::vector<scope> sending{scope::send_message};
    to.for_user("POST", "/v2/room/{room}/message", sending,
                [&on](const request& asked, const user_access& who) {
                    return post_message(on, asked, who);
                });
    to.for_user(
        "POST", "/v2/room/{room}/reply", sending,
        [&on](const request& asked, const user_access& who) { return post_reply(on, asked, who); });
    to.for_user("POST", "/v2/user/{user}/message", sending,
                [&on](const request& asked, const user_access& who) {
                    return post_private_message(on, asked, who);
                });
    add_link_routes(to, on, "/v2/room/{room}", [&on](const request& asked, const user_access& who) {
        return room_recipient(on, asked, who);
    });
    add_link_routes(to, on, "/v2/user/{user}", [&on](const request& asked, const user_access&) {
        return person_recipient(on, asked);
    });
}

}  // namespace hipchat::host
