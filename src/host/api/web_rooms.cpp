#include <tuple>

#include "host/api/fields.hpp"
#include "host/api/web.hpp"
#include "host/core/rights.hpp"

namespace hipchat::host {
namespace {

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
    body["people"] = people_here(on, where->id);
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

// ?before=seq, or &around=seq: a part of what was, oldest first; "is_begin" if nothing is before
// it, "is_end" if nothing is after it.
task<http_response> get_past(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
    const std::int64_t limit = asked.number("limit", 50, 1, 200);
    const std::int64_t around = asked.number("around", 0, 0, INT64_MAX);
    const std::int64_t before =
        around != 0 ? around : asked.number("before", INT64_MAX, 1, INT64_MAX);
    const auto read = [room = where->id, limit, around, before](connection& from) {
        std::vector<change_ptr> found = last_changes(from, room, limit, before);
        const bool is_begin = std::ssize(found) < limit;
        bool is_end = false;
        if (around != 0) {
            const std::vector<change_ptr> later = changes_after(from, room, around - 1, limit);
            is_end = std::ssize(later) < limit;
            found.insert(found.end(), later.begin(), later.end());
        }
        return std::tuple(std::move(found), is_begin, is_end);
    };
    task<std::tuple<std::vector<change_ptr>, bool, bool>> reading = on.store.read(read);
    const auto [found, is_begin, is_end] = co_await reading;
    json::array list;
    for (const change_ptr& each : found)
        list.push_back(each->content);
    json::object body;
    body["changes"] = std::move(list);
    body["is_begin"] = is_begin;
    body["is_end"] = is_end;
    co_return json_response(200, body);
}

task<http_response> get_message(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
    const auto read = [room = where->id, id = asked.captured("message")](connection& from) {
        return find_message(from, message_log::in_room(room), id);
    };
    task<change_ptr> reading = on.store.read(read);
    const change_ptr found = co_await reading;
    if (!found) throw refusal(404, "This message is not here");
    json::object body;
    body["change"] = found->content;
    co_return json_response(200, body);
}

task<http_response> post_room(services& on, const request& asked, const person_here& who) {
    const fields body(asked.object());
    room made;
    const auto name = tidy_name(body.text("name", {1, 50}));
    if (!name) refuse_field("name", "format", *body.find("name"), "must be a name");
    made.name = *name;
    made.topic = body.optional_text("topic", {0, 250}).value_or("");
    made.privacy = body.optional_one_of("privacy", {"public", "private"}).value_or("public");
    task<person> naming = acting_person(on, who, body.optional_text("as", {0, 1000}));
    const person owner = co_await naming;
    made.owner_id = owner.id;
    doer by;
    by.who = owner;
    task<room_ptr> creating = on.places.create(std::move(made), std::move(by));
    const room_ptr created = co_await creating;
    if (!created)
        refuse_field("name", "unique", json::string(*name), "is the name of another room");
    json::object answer;
    answer["room"] = to_json(*created);
    co_return json_response(201, answer);
}

}  // namespace

json::array people_here(const services& on, std::int64_t room_id) {
    json::array list;
    for (const person& each : on.here.people_in(room_id)) {
        const person* const now = on.persons.find(each.id);
        json::object item = to_json(now == nullptr ? each : *now);
        if (now != nullptr) item["presence"] = to_json(now->status);
        list.push_back(std::move(item));
    }
    return list;
}

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
    to.for_person_here(
        "POST", "/api/rooms", role::member,
        [&on](const request& asked, const person_here& who) { return post_room(on, asked, who); });
    to.for_person_here(
        "GET", "/api/rooms/{room}/past", role::guest,
        [&on](const request& asked, const person_here& who) { return get_past(on, asked, who); });
    to.for_person_here("GET", "/api/rooms/{room}/messages/{message}", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return get_message(on, asked, who);
                       });
    to.for_person_here("GET", "/api/rooms/{room}/changes", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return get_changes(on, asked, who);
                       });
}

}  // namespace hipchat::host
