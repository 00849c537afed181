#include "base/random.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr text_length name_length{1, 50};
constexpr text_length topic_length{0, 250};
constexpr std::size_t guest_token_length = 20;

// A coroutine of its own, because its function runs on a thread of the database.
task<room_activity> activity_of(const services& on, std::int64_t room_id) {
    const auto read = [room_id](connection& from) { return read_activity(from, room_id); };
    task<room_activity> reading = on.store.read(read);
    co_return co_await reading;
}

task<json::object> get_room(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    task<room_activity> reading = activity_of(on, where->id);
    const room_activity activity = co_await reading;
    co_return room_document(on, *where, activity);
}

task<json::object> get_statistics(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    task<room_activity> reading = activity_of(on, where->id);
    const room_activity activity = co_await reading;
    json::object links;
    links["self"] = on.self.base_url() + "/v2/room/" + std::to_string(where->id) + "/statistics";
    json::object document;
    document["messages_sent"] = activity.messages;
    if (activity.last.empty())
        document["last_active"] = nullptr;
    else
        document["last_active"] = activity.last;
    document["links"] = std::move(links);
    co_return document;
}

std::int64_t owner_in(const services& on, const fields& body) {
    const auto owner = body.optional_object("owner");
    if (!owner) refuse_field("owner", "required", nullptr, "must say who owns the room");
    const auto id = fields(*owner).optional_id("id");
    if (id == "0") return 0;
    const person* const found = id ? on.persons.find(*id) : nullptr;
    if (found == nullptr) refuse_field("owner.id", "exists", *owner, "is no user");
    return found->id;
}

// All that PUT /room/{room} must say (host-side.md 4).
room read_room(const services& on, const fields& body, room changed) {
    const auto name = tidy_name(body.text("name", name_length));
    if (!name)
        refuse_field("name", "format", *body.find("name"), "must be visible text on one line");
    changed.name = *name;
    changed.topic = body.text("topic", topic_length);
    changed.privacy = body.one_of("privacy", {"public", "private"});
    changed.is_archived = body.boolean("is_archived");
    changed.is_guest_accessible = body.boolean("is_guest_accessible");
    changed.owner_id = owner_in(on, body);
    if (const auto delegates = body.optional_boolean("delegate_admin_visibility"))
        changed.delegate_admin_visibility = delegates;
    if (changed.is_guest_accessible && changed.guest_token.empty())
        changed.guest_token = random_alphanumeric(guest_token_length);
    return changed;
}

task<http_response> change_room(services& on, room changed, const access& who) {
    const json::string name(changed.name);
    task<room_ptr> changing = on.places.change(std::move(changed), doer_of(who));
    const room_ptr made = co_await changing;
    if (!made) refuse_field("name", "unique", name, "is the name of another room");
    co_return http_response::no_content();
}

task<http_response> put_room(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    task<http_response> changing =
        change_room(on, read_room(on, fields(asked.object()), *where), who);
    co_return co_await changing;
}

task<http_response> put_topic(services& on, const request& asked, const access& who) {
    room changed = *room_to_change(who, on, asked);
    changed.topic = fields(asked.object()).text("topic", topic_length);
    task<http_response> changing = change_room(on, std::move(changed), who);
    co_return co_await changing;
}

task<http_response> delete_room(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    task<bool> removing = on.places.remove(where, doer_of(who));
    const bool removed = co_await removing;
    if (!removed) throw refusal(404, "Room not found");
    co_return http_response::no_content();
}

}  // namespace

void add_room_routes(rest_routes to, services& on) {
    to.shown.add(
        "/v2/room/{room}", {scope::view_group, scope::view_room},
        [&on](const request& asked, const access& who) { return get_room(on, asked, who); });
    to.shown.add(
        "/v2/room/{room}/statistics", {scope::view_group, scope::view_room},
        [&on](const request& asked, const access& who) { return get_statistics(on, asked, who); });
    to.to.for_bearer(
        "PUT", "/v2/room/{room}", {scope::admin_room},
        [&on](const request& asked, const access& who) { return put_room(on, asked, who); });
    to.to.for_bearer(
        "DELETE", "/v2/room/{room}", {scope::manage_rooms},
        [&on](const request& asked, const access& who) { return delete_room(on, asked, who); });
    to.to.for_bearer(
        "PUT", "/v2/room/{room}/topic", {scope::admin_room},
        [&on](const request& asked, const access& who) { return put_topic(on, asked, who); });
}

}  // namespace hipchat::host
