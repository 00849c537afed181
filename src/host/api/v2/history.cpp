#include "host/api/v2/history_query.hpp"

#include <algorithm>

#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

task<std::vector<change_ptr>> read_part(const services& on, history_part wanted) {
    const auto read = [wanted](connection& from) { return read_history(from, wanted); };
    task<std::vector<change_ptr>> reading = on.store.read(read);
    co_return co_await reading;
}

json::array message_items(const services& on, const std::vector<change_ptr>& newest_first,
                          bool oldest_first) {
    json::array items;
    for (const change_ptr& each : newest_first)
        items.push_back(message_document(on, *each));
    if (oldest_first) std::ranges::reverse(items);
    return items;
}

task<json::object> get_history(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    history_query query = read_history_query(asked);
    query.part.room_id = where->id;
    const page wanted = query.wanted;
    // One more than wanted tells whether there are more.
    task<std::vector<change_ptr>> reading = read_part(on, query.part);
    std::vector<change_ptr> found = co_await reading;
    const bool has_more = std::cmp_greater(found.size(), wanted.most);
    if (has_more) found.pop_back();
    co_return list_document(message_items(on, found, query.oldest_first), wanted,
                            has_more && !query.is_recent, asked, on.self.base_url());
}

// Where a client has got to, so that it is told of what came after.
task<json::object> get_latest(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    const page wanted = page_of(asked, 75);
    history_part part{.room_id = where->id, .start = wanted.start, .most = wanted.most};
    part.include_deleted = asked.parameter("include_deleted") == "true";
    if (const auto after = asked.parameter("not-before")) {
        const auto read = [room = where->id, id = *after](connection& from) {
            return find_message(from, room, id);
        };
        task<change_ptr> reading = on.store.read(read);
        const change_ptr known = co_await reading;
        if (!known)
            refuse_field("not-before", "exists", json::string(*after),
                         "is no message of this room");
        part.earliest = std::string(known->content.at("at").as_string());
    }
    task<std::vector<change_ptr>> reading = read_part(on, part);
    const std::vector<change_ptr> found = co_await reading;
    co_return list_document(message_items(on, found, true), wanted, false, asked,
                            on.self.base_url());
}

task<json::object> get_message(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    const auto read = [room = where->id, id = asked.captured("message")](connection& from) {
        return find_message(from, room, id);
    };
    task<change_ptr> reading = on.store.read(read);
    const change_ptr found = co_await reading;
    const bool is_hidden =
        found && found->content.contains("deleted") && asked.parameter("include_deleted") != "true";
    if (!found || is_hidden) throw refusal(404, "Message not found");
    json::object document;
    document["message"] = message_document(on, *found);
    co_return document;
}

}  // namespace

void add_history_routes(rest_routes to, services& on) {
    const std::vector<scope> reading{scope::view_messages};
    to.shown.add(
        "/v2/room/{room}/history", reading,
        [&on](const request& asked, const access& who) { return get_history(on, asked, who); });
    to.shown.add(
        "/v2/room/{room}/history/latest", reading,
        [&on](const request& asked, const access& who) { return get_latest(on, asked, who); });
    to.shown.add(
        "/v2/room/{room}/history/{message}", reading,
        [&on](const request& asked, const access& who) { return get_message(on, asked, who); });
}

}  // namespace hipchat::host
