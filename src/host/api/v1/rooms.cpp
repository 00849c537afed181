#include <map>
#include <vector>

#include "host/api/v1/v1.hpp"
#include "host/api/v2/rest.hpp"
#include "host/core/dates.hpp"

namespace hipchat::host {
namespace {

constexpr text_length topic_length{0, 250};

using last_dates = std::map<std::int64_t, std::string>;

task<last_dates> read_last_dates(const services& on, std::vector<std::int64_t> rooms) {
    const auto read = [rooms](connection& from) {
        last_dates last;
        for (const std::int64_t id : rooms)
            last[id] = last_said(from, id);
        return last;
    };
    task<last_dates> reading = on.store.read(read);
    co_return co_await reading;
}

json::object room_entry(const services& on, const room& value, const std::string& last) {
    const json::object whole = room_document(on, value, {.last = last});
    json::object entry;
    entry["room_id"] = value.id;
    entry["name"] = value.name;
    entry["topic"] = value.topic;
    entry["last_active"] = v1::unix_time(read_date(last));
    entry["created"] = v1::unix_time(value.created);
    entry["owner_user_id"] = value.owner_id;
    entry["is_archived"] = value.is_archived;
    entry["is_private"] = value.is_private();
    entry["guest_access_url"] = whole.at("guest_access_url");
    entry["xmpp_jid"] = whole.at("xmpp_jid");
    return entry;
}

task<http_response> list_rooms(services& on, const request&, const access& who) {
    std::vector<std::int64_t> seen;
    for (const auto& [id, each] : on.places.all())
        if (who.may_touch(id) && may_see(who, on, *each)) seen.push_back(id);
    task<last_dates> reading = read_last_dates(on, seen);
    const last_dates last = co_await reading;
    json::object body;
    json::array& list = body["rooms"].emplace_array();
    for (const auto& [id, date] : last)
        if (const room_ptr found = on.places.find(id)) list.push_back(room_entry(on, *found, date));
    co_return json_response(200, body);
}

task<http_response> set_topic(services& on, const request& asked, const access& who) {
    const room_ptr where = v1::room_in(who, on, asked);
    check_may_change(who, on, *where);
    room changed = *where;
    changed.topic = v1::required(asked, "topic", topic_length);
    task<room_ptr> changing = on.places.change(std::move(changed), doer_of(who));
    const room_ptr made = co_await changing;
    if (!made) throw refusal(404, "Room not found");
    json::object body;
    body["status"] = "ok";
    co_return json_response(200, body);
}

}  // namespace

void add_v1_room_routes(router& to, services& on) {
    to.for_bearer(
        "GET", "/v1/rooms/list", {scope::view_group},
        [&on](const request& asked, const access& who) { return list_rooms(on, asked, who); });
    to.for_bearer(
        "POST", "/v1/rooms/topic", {scope::admin_room},
        [&on](const request& asked, const access& who) { return set_topic(on, asked, who); });
}

}  // namespace hipchat::host
