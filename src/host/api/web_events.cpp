#include "host/api/web.hpp"
#include "protocol/utf8.hpp"

// {"event": "room_enter" | "room_exit" | "room_message", "as": name, "text"?: text}

namespace hipchat::host {
namespace {

constexpr std::size_t longest_message = 10'000;

[[noreturn]] void refuse(std::string field, std::string rule, std::string message) {
    protocol::validation_failure failure;
    failure.field = std::move(field);
    failure.validation = std::move(rule);
    failure.message = std::move(message);
    throw refusal(failure);
}

std::optional<std::string> claimed_name(const json::object& body) {
    const json::value* const name = body.if_contains("as");
    if (name == nullptr || !name->is_string()) return std::nullopt;
    return std::string(name->get_string());
}

origin from_shell() {
    return {"web", std::nullopt};
}

task<std::optional<change>> perform(services& on, std::int64_t room_id, person who,
                                    std::string event, std::string text) {
    if (event == "room_message") {
        task<change> saying =
            on.act.say(from_shell(), room_id, std::move(who), {.text = std::move(text)});
        co_return co_await saying;
    }
    task<std::optional<change>> moving = event == "room_enter"
                                             ? on.act.enter(from_shell(), room_id, std::move(who))
                                             : on.act.leave(from_shell(), room_id, std::move(who));
    co_return co_await moving;
}

task<http_response> post_event(services& on, const request& asked, const person_here& here) {
    const room_ptr where = room_named(on, here, asked);
    const json::object body = asked.object();
    const std::string event = required_text(body, "event");
    if (event != "room_enter" && event != "room_exit" && event != "room_message")
        refuse("event", "enum", "'event' must be room_enter, room_exit or room_message");
    std::string text = event == "room_message" ? required_text(body, "text") : "";
    if (event == "room_message") check_message("text", text);

    task<person> naming = acting_person(on, here, claimed_name(body));
    person who = co_await naming;
    task<std::optional<change>> performing =
        perform(on, where->id, std::move(who), event, std::move(text));
    const std::optional<change> made = co_await performing;
    json::object answer;
    if (made)
        answer["change"] = made->content;
    else
        answer["change"] = nullptr;
    co_return json_response(made ? 201 : 200, answer);
}

}  // namespace

void check_message(std::string_view field, const std::string& text) {
    const std::optional<std::size_t> length = protocol::count_characters(text);
    if (!length || *length == 0 || *length > longest_message)
        refuse(std::string(field), "length", "A message has 1 to 10000 characters");
}

void add_web_event_routes(router& to, services& on) {
    to.for_person_here(
        "POST", "/api/rooms/{room}/events", role::guest,
        [&on](const request& asked, const person_here& who) { return post_event(on, asked, who); });
}

}  // namespace hipchat::host
