#include "host/api/web.hpp"
#include "host/core/search_rows.hpp"

// Finding what was said, and what was not read yet.

namespace hipchat::host {
namespace {

std::vector<std::int64_t> rooms_seen(const services& on, const person_here& who) {
    std::vector<std::int64_t> seen;
    for (const auto& [id, each] : on.places.all())
        if (may_see(on, who, *each)) seen.push_back(id);
    return seen;
}

// ?q=words [&from=name] [&room=id] [&before=seq]
task<http_response> get_search(services& on, const request& asked, const person_here& who) {
    search_query wanted;
    wanted.words = asked.parameter("q").value_or("");
    wanted.from = asked.parameter("from").value_or("");
    wanted.before = asked.number("before", 0, 0, INT64_MAX);
    wanted.rooms = rooms_seen(on, who);
    if (const auto named = asked.parameter("room")) {
        const room_ptr where = on.places.find(*named);
        const bool is_seen = where && may_see(on, who, *where);
        wanted.rooms.clear();
        if (is_seen) wanted.rooms.push_back(where->id);
    }
    const auto read = [wanted](connection& from) { return search(from, wanted); };
    task<std::vector<change_ptr>> reading = on.store.read(read);
    const std::vector<change_ptr> found = co_await reading;
    json::array list;
    for (const change_ptr& each : found)
        list.push_back(each->content);
    json::object body;
    body["changes"] = std::move(list);
    body["is_all"] = std::ssize(found) < wanted.most;
    co_return json_response(200, body);
}

task<http_response> get_unread(services& on, const request& asked, const person_here& who) {
    task<person> naming = acting_person(on, who, asked.parameter("as"));
    person you = co_await naming;
    task<std::vector<unread_count>> counting = on.marks.count(std::move(you), rooms_seen(on, who));
    const std::vector<unread_count> counts = co_await counting;
    json::array list;
    for (const unread_count& each : counts)
        list.push_back(json::object{
            {"id", each.room_id}, {"messages", each.messages}, {"mentions", each.mentions}});
    json::object body;
    body["rooms"] = std::move(list);
    co_return json_response(200, body);
}

}  // namespace

void add_web_search_routes(router& to, services& on) {
    to.for_person_here(
        "GET", "/api/search", role::guest,
        [&on](const request& asked, const person_here& who) { return get_search(on, asked, who); });
    to.for_person_here(
        "GET", "/api/unread", role::guest,
        [&on](const request& asked, const person_here& who) { return get_unread(on, asked, who); });
}

}  // namespace hipchat::host
