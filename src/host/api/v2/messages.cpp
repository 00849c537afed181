#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr text_length message_length{1, 1000};
constexpr text_length comment_length{0, 1000};
constexpr text_length link_length{1, 2000};
constexpr text_length id_length{1, 100};

// Says it in the room, with the flood control of the room in the answer.
task<http_response> say(services& on, room_ptr where, person who, said what, int status) {
    const allowance left = on.limits.count_message("room " + std::to_string(where->id));
    origin source{"rest", std::nullopt};
    task<change> saying = on.act.say(std::move(source), where->id, std::move(who), std::move(what));
    const change made = co_await saying;
    http_response answer = http_response::no_content();
    if (status == 201) {
        json::object body;
        body["id"] = made.content.at("id");
        body["timestamp"] = made.content.at("at");
        answer = json_response(201, body);
    }
    meter::say_messages(answer, left);
    co_return answer;
}

person speaker(const access& who) {
    if (who.user() == nullptr)
        throw refusal(403, "This action is for people; it needs a user's token");
    return *who.user();
}

task<http_response> post_message(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    said what{.text = fields(asked.object()).text("message", message_length)};
    task<http_response> saying = say(on, where, speaker(who), std::move(what), 201);
    co_return co_await saying;
}

task<http_response> post_reply(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    const fields body(asked.object());
    const std::string parent = body.text("parentMessageId", id_length);
    said what{.text = body.text("message", message_length)};
    const auto read = [room = where->id, parent](connection& from) {
        return find_message(from, room, parent);
    };
    task<change_ptr> reading = on.store.read(read);
    const change_ptr answered = co_await reading;
    if (!answered)
        refuse_field("parentMessageId", "exists", json::string(parent),
                     "is no message of this room");
    what.attached["parent_id"] = parent;
    task<http_response> saying = say(on, where, speaker(who), std::move(what), 204);
    co_return co_await saying;
}

task<http_response> share_link(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    const fields body(asked.object());
    const std::string link = body.text("link", link_length);
    if (!link.starts_with("http://") && !link.starts_with("https://"))
        refuse_field("link", "format", json::string(link), "must begin with http:// or https://");
    const std::string comment = body.optional_text("message", comment_length).value_or("");
    said what{.text = comment.empty() ? link : comment + " " + link};
    what.attached["link"] = link;
    task<http_response> saying = say(on, where, speaker(who), std::move(what), 204);
    co_return co_await saying;
}

}  // namespace

void add_message_routes(router& to, services& on) {
    const std::vector<scope> sending{scope::send_message};
    to.for_bearer(
        "POST", "/v2/room/{room}/message", sending,
        [&on](const request& asked, const access& who) { return post_message(on, asked, who); });
    to.for_bearer(
        "POST", "/v2/room/{room}/reply", sending,
        [&on](const request& asked, const access& who) { return post_reply(on, asked, who); });
    // One old library puts, others post (host-side.md 4).
    for (const char* const method : {"POST", "PUT"})
        to.for_bearer(
            method, "/v2/room/{room}/share/link", sending,
            [&on](const request& asked, const access& who) { return share_link(on, asked, who); });
}

}  // namespace hipchat::host
