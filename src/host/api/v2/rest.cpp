#include "host/api/v2/rest.hpp"

#include <utility>

#include "host/core/rights.hpp"

namespace hipchat::host {

void add_rest_routes(rest_routes to, services& on) {
    add_capabilities_routes(to.to, on);
    add_oauth_routes(to.to, on);
    add_room_list_routes(to, on);
    add_room_routes(to, on);
    add_member_routes(to, on);
    add_notification_routes(to.to, on);
    add_message_routes(to.to, on);
    add_share_file_routes(to.to, on);
    add_history_routes(to, on);
    add_user_routes(to, on);
    add_group_routes(to, on);
    add_picture_routes(to.to, on);
    add_emoticon_routes(to, on);
    add_webhook_routes(to.to, on);
    add_module_routes(to.to, on);
    add_glance_routes(to.to, on);
}

bool may_see(const access& who, const services& on, const room& which) {
    return who.user() == nullptr || may_see(on.places, *who.user(), which);
}

room_ptr room_named_by(const access& who, const services& on, std::string_view id_or_name) {
    room_ptr found = on.places.find(id_or_name);
    if (!found) throw refusal(404, "Room not found");
    if (!who.may_touch(found->id))
        throw refusal(403, "This token is of another room and may not touch this one");
    if (!may_see(who, on, *found)) throw refusal(404, "Room not found");
    return found;
}

room_ptr room_for(const access& who, const services& on, const request& asked) {
    return room_named_by(who, on, asked.captured("room"));
}

room_ptr room_of_addon(const addon_access& who, const services& on, const request& asked) {
    room_ptr found = on.places.find(asked.captured("room"));
    if (!found) throw refusal(404, "Room not found");
    if (!who.who()->reaches(found->id))
        throw refusal(403, "This token is of another room and may not touch this one");
    return found;
}

void check_may_change(const access& who, const services& on, const room& which) {
    if (who.user() != nullptr && !may_change(on.places, *who.user(), which))
        throw refusal(403, "Only the room's owner and admins may do this");
}

room_ptr room_to_change(const access& who, const services& on, const request& asked) {
    room_ptr found = room_for(who, on, asked);
    check_may_change(who, on, *found);
    return found;
}

person user_for(const services& on, const request& asked, std::string_view name) {
    const person* const found = on.persons.find(asked.captured(name));
    if (found == nullptr) throw refusal(404, "User not found");
    return *found;
}

doer doer_of(const access& who) {
    doer by;
    by.client = who.client();
    if (const person* const user = who.user()) by.who = *user;
    return by;
}

http_response created(const json::value& id, const std::string& self) {
    json::object links;
    links["self"] = self;
    json::object body;
    body["id"] = id;
    body["links"] = std::move(links);
    return json_response(201, body);
}

task<http_response> recorded(services& on, const request& asked, record_label label,
                             task<http_response> handling) {
    exchange record;
    record.at = on.time.now();
    record.way = exchange::direction::from_addon;
    record.room_id = label.room_id;
    record.what = std::move(label.what);
    if (label.about) record.addon_key = label.about->descriptor.key;
    record.method = asked.raw().method;
    record.url = on.self.base_url() + std::string(asked.raw().target);
    record.request = asked.raw().body;
    const steady_time begun = on.time.monotonic();
    http_response given;
    try {
        given = co_await handling;
    } catch (const refusal& no) {
        given = no.response();
    }
    record.took =
        std::chrono::duration_cast<std::chrono::milliseconds>(on.time.monotonic() - begun);
    record.status = given.status;
    record.response = given.body;
    on.record.record(std::move(record), label.about ? label.about->secret : secret());
    co_return given;
}

}  // namespace hipchat::host
