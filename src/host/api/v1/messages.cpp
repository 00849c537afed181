#include <algorithm>
#include <ranges>

#include "host/api/v1/v1.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr std::int64_t most_recent = 75;
constexpr std::int64_t most_of_a_day = 1000;
constexpr text_length sender_length{1, 64};  // the documents said 15; scripts say more

// The parameters as the body of a v2 notification, so that they have the same rules.
posting read_parameters(const request& asked) {
    json::object body;
    for (const char* const name : {"message", "message_format", "color"})
        if (auto found = v1::parameter(asked, name)) body[name] = *std::move(found);
    const std::string notify = v1::parameter(asked, "notify").value_or("0");
    body["notify"] = notify == "1" || notify == "true";
    auto read = read_posting(body);
    if (const auto* const failure = std::get_if<protocol::validation_failure>(&read))
        throw refusal(*failure);
    return std::get<posting>(std::move(read));
}

task<http_response> post_message(services& on, const request& asked, const access& who) {
    const room_ptr where = v1::room_in(who, on, asked);
    notifier sender{who.client(), v1::required(asked, "from", sender_length)};
    posting what = read_parameters(asked);
    const allowance left = on.limits.count_message("room " + std::to_string(where->id), 403);
    origin source{"rest", std::nullopt};
    task<std::optional<change>> notifying =
        on.act.notify(std::move(source), where->id, std::move(sender), std::move(what));
    const std::optional<change> made = co_await notifying;
    if (!made) throw refusal(401, "Invalid OAuth session");
    json::object body;
    body["status"] = "sent";
    http_response done = json_response(200, body);
    meter::say_messages(done, left);
    co_return done;
}

// A day, or the last messages.
history_part part_of(const request& asked) {
    const std::string date = v1::parameter(asked, "date").value_or("recent");
    if (date == "recent") return {.most = most_recent};
    const std::string zone = v1::parameter(asked, "timezone").value_or("UTC");
    if (zone != "UTC")
        refuse_field("timezone", "enum", json::string(zone), "must be UTC on this host");
    constexpr std::string_view shape = "dddd-dd-dd";
    const bool is_day = std::ranges::equal(date, shape, [](char given, char wanted) {
        return wanted == 'd' ? given >= '0' && given <= '9' : given == wanted;
    });
    if (!is_day)
        refuse_field("date", "format", json::string(date),
                     "must be 'recent' or a day such as 2016-09-09");
    return {.latest = date + "T23:59:59.999999+00:00",
            .earliest = date + "T00:00:00.000000+00:00",
            .most = most_of_a_day};
}

// A person, or what a notification calls itself.
json::object sender_of(const json::object& content) {
    json::object sender;
    if (const json::value* const who = content.if_contains("person")) {
        sender["name"] = who->at("name");
        sender["user_id"] = who->at("id");
    } else {
        sender["name"] = content.at("from");
        sender["user_id"] = "api";
    }
    return sender;
}

json::object message_entry(const services& on, const change& said) {
    const json::object shown = message_document(on, said);
    json::object entry;
    std::string date(shown.at("date").as_string());
    date.replace(date.find('.'), std::string::npos, "+0000");
    entry["date"] = date;
    entry["from"] = sender_of(said.content);
    entry["message"] = shown.at("message");
    if (const json::value* const file = shown.if_contains("file")) entry["file"] = *file;
    return entry;
}

task<http_response> get_history(services& on, const request& asked, const access& who) {
    const message_log from = message_log::in_room(v1::room_in(who, on, asked)->id);
    const auto read = [from, part = part_of(asked)](connection& store) {
        return read_history(store, from, part);
    };
    task<std::vector<change_ptr>> reading = on.store.read(read);
    const std::vector<change_ptr> newest_first = co_await reading;
    json::object body;
    json::array& list = body["messages"].emplace_array();
    for (const change_ptr& each : std::ranges::reverse_view(newest_first))
        list.push_back(message_entry(on, *each));
    co_return json_response(200, body);
}

}  // namespace

void add_v1_message_routes(router& to, services& on) {
    // Scripts have always been able to send by GET too.
    for (const char* const method : {"POST", "GET"})
        to.for_bearer(method, "/v1/rooms/message", {scope::send_notification},
                      [&on](const request& asked, const access& who) {
                          return post_message(on, asked, who);
                      });
    to.for_bearer(
        "GET", "/v1/rooms/history", {scope::view_messages},
        [&on](const request& asked, const access& who) { return get_history(on, asked, who); });
}

}  // namespace hipchat::host
