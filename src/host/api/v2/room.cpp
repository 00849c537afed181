#include "host/api/v2/rest.hpp"
#include "host/core/dates.hpp"
#include "host/core/plan.hpp"

namespace hipchat::host {
namespace {

json::object person_item(const person& value, const std::string& base_url) {
    json::object links;
    links["self"] = base_url + "/v2/user/" + std::to_string(value.id);
    json::object item = to_json(value);
    item["version"] = "00000000";
    item["links"] = std::move(links);
    return item;
}

json::object room_document(const services& on, const room& value) {
    const std::string& base = on.self.base_url();
    json::object document = room_item(value, base);
    document["topic"] = value.topic;
    document["created"] = write_date(value.created);
    document["last_active"] = nullptr;
    document["xmpp_jid"] = "";
    document["is_guest_accessible"] = false;
    document["guest_access_url"] = nullptr;
    document["avatar_url"] = nullptr;
    document["delegate_admin_visibility"] = nullptr;
    // There are no accounts, so nobody owns a room; add-ons read the owner all the same
    // (host-side.md 5).
    document["owner"] = person_item({0, on.places.group_name(), "HipChat"}, base);
    json::array participants;
    for (const person& each : on.here.people_in(value.id))
        participants.push_back(person_item(each, base));
    document["participants"] = std::move(participants);
    json::object links;
    links["self"] = base + "/v2/room/" + std::to_string(value.id) + "/statistics";
    document["statistics"].emplace_object()["links"] = std::move(links);
    return document;
}

task<http_response> get_room(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on.places, asked);
    co_return json_response(200, room_document(on, *where));
}

task<http_response> get_rooms(services& on, const request& asked, const access& who) {
    const std::int64_t start = asked.number("start-index", 0, 0, INT64_MAX);
    const std::int64_t most = asked.number("max-results", 100, 0, 1000);
    json::array items;
    std::int64_t position = 0;
    bool has_more = false;
    for (const auto& [id, each] : on.places.all()) {
        if (!who.may_touch(id) || position++ < start) continue;
        has_more = std::cmp_greater_equal(items.size(), most);
        if (has_more) break;
        items.push_back(room_item(*each, on.self.base_url()));
    }
    const std::string self = on.self.base_url() + "/v2/room";
    json::object links;
    links["self"] = self;
    if (has_more)
        links["next"] = self + "?start-index=" + std::to_string(start + most)
                        + "&max-results=" + std::to_string(most);
    json::object body;
    body["items"] = std::move(items);
    body["startIndex"] = start;
    body["maxResults"] = most;
    body["links"] = std::move(links);
    co_return json_response(200, body);
}

}  // namespace

void add_room_routes(router& to, services& on) {
    to.for_bearer(
        "GET", "/v2/room", {scope::view_group},
        [&on](const request& asked, const access& who) { return get_rooms(on, asked, who); });
    to.for_bearer(
        "GET", "/v2/room/{room}", {scope::view_group, scope::view_room},
        [&on](const request& asked, const access& who) { return get_room(on, asked, who); });
}

}  // namespace hipchat::host
