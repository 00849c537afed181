#include "host/api/fields.hpp"
#include "host/api/web.hpp"
#include "host/core/rights.hpp"

namespace hipchat::host {
namespace {

json::array people_list(const services& on, std::int64_t room_id) {
    json::array list;
    for (const person& each : on.here.people_in(room_id))
        list.push_back(to_json(each));
    return list;
}

task<http_response> get_rooms(services& on, const person_here& who) {
    json::array list;
    for (const auto& [id, each] : on.places.all())
        if (may_see(on, who, *each)) list.push_back(to_json(*each));
    json::object body;
    body["rooms"] = std::move(list);
    co_return json_response(200, body);
}

task<http_response> get_room(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
    json::object body;
    body["room"] = to_json(*where);
    body["may_change"] = who.who() == nullptr || may_change(on.places, *who.who(), *where);
    body["people"] = people_list(on, where->id);
    body["cursor"] = on.news.newest();
    co_return json_response(200, body);
}

task<http_response> get_changes(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
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

bool may_see(const services& on, const person_here& who, const room& which) {
    return who.who() == nullptr || may_see(on.places, *who.who(), which);
}

room_ptr first_room(const services& on, const person_here& who) {
    for (const auto& [id, each] : on.places.all())
        if (!each->is_archived && may_see(on, who, *each)) return each;
    throw refusal(404, "There is no room that you may see; ask an admin of the group");
}

room_ptr room_named(const services& on, const person_here& who, const request& asked) {
    room_ptr found = on.places.find(asked.captured("room"));
    if (!found || !may_see(on, who, *found))
        throw refusal(404, "There is no room " + asked.captured("room"));
    return found;
}

room_ptr room_to_change(const services& on, const person_here& who, const request& asked) {
    room_ptr found = room_named(on, who, asked);
    if (who.who() != nullptr && !may_change(on.places, *who.who(), *found))
        throw refusal(403, "Only the room's owner and admins may do this");
    return found;
}

task<person> acting_person(services& on, const person_here& who,
                           std::optional<std::string> claimed) {
    if (who.who() != nullptr) co_return *who.who();
    std::optional<std::string> name = tidy_name(claimed.value_or(""));
    if (!name)
        refuse_field("as", "length", claimed ? json::value(json::string(*claimed)) : nullptr,
                     "must be a name of 1 to 50 characters");
    task<person> naming = on.persons.named(*std::move(name));
    co_return co_await naming;
}

void add_web_room_routes(router& to, services& on) {
    to.for_person_here(
        "GET", "/api/rooms", role::guest,
        [&on](const request&, const person_here& who) { return get_rooms(on, who); });
    to.for_person_here(
        "GET", "/api/rooms/{room}", role::guest,
        [&on](const request& asked, const person_here& who) { return get_room(on, asked, who); });
    to.for_person_here("GET", "/api/rooms/{room}/changes", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return get_changes(on, asked, who);
                       });
}

}  // namespace hipchat::host
