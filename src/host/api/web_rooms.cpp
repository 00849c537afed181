#include "host/api/web.hpp"

namespace hipchat::host {
namespace {

json::array people_list(const services& on, std::int64_t room_id) {
    json::array list;
    for (const person& each : on.here.people_in(room_id))
        list.push_back(to_json(each));
    return list;
}

task<http_response> get_rooms(services& on) {
    json::array list;
    for (const auto& [id, each] : on.places.all())
        list.push_back(to_json(*each));
    json::object body;
    body["rooms"] = std::move(list);
    co_return json_response(200, body);
}

task<http_response> get_room(services& on, const request& asked) {
    const room_ptr where = room_named(on, asked);
    json::object body;
    body["room"] = to_json(*where);
    body["people"] = people_list(on, where->id);
    body["cursor"] = on.news.newest();
    co_return json_response(200, body);
}

task<http_response> get_changes(services& on, const request& asked) {
    const room_ptr where = room_named(on, asked);
    const std::int64_t after = asked.number("after", 0, 0, INT64_MAX);
    const std::int64_t limit = asked.number("limit", 100, 1, 1000);
    const std::chrono::seconds wait(asked.number("wait", 0, 0, 30));
    task<std::vector<change_ptr>> reading = on.news.after(where->id, after, limit, wait);
    const std::vector<change_ptr> found = co_await reading;
    json::array list;
    for (const change_ptr& each : found)
        list.push_back(each->content);
    json::object body;
    body["changes"] = std::move(list);
    body["cursor"] = found.empty() ? after : found.back()->seq;
    co_return json_response(200, body);
}

}  // namespace

room_ptr first_room(const services& on) {
    if (on.places.all().empty())
        throw refusal(404, "Every room was deleted; make one with POST /v2/room");
    return on.places.all().begin()->second;
}

room_ptr room_named(const services& on, const request& asked) {
    room_ptr found = on.places.find(asked.captured("room"));
    if (!found) throw refusal(404, "There is no room " + asked.captured("room"));
    return found;
}

void add_web_room_routes(router& to, services& on) {
    to.for_person_here("GET", "/api/rooms",
                       [&on](const request&, const person_here&) { return get_rooms(on); });
    to.for_person_here("GET", "/api/rooms/{room}", [&on](const request& asked, const person_here&) {
        return get_room(on, asked);
    });
    to.for_person_here(
        "GET", "/api/rooms/{room}/changes",
        [&on](const request& asked, const person_here&) { return get_changes(on, asked); });
}

}  // namespace hipchat::host
