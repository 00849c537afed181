#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr text_length reason_length{1, 250};

// {"room_roles": ["room_admin" | "room_member"]}; some clients say "roles" (host-side.md 4).
bool wants_admin(const request& asked) {
    if (asked.raw().body.empty()) return false;
    const fields body(asked.object());
    const json::value* roles = body.find("room_roles");
    if (roles == nullptr) roles = body.find("roles");
    if (roles == nullptr) return false;
    if (!roles->is_array()) refuse_field("room_roles", "type", *roles, "is not of type array");
    bool is_admin = false;
    for (const json::value& each : roles->get_array()) {
        if (each != "room_admin" && each != "room_member")
            refuse_field("room_roles", "enum", each, "is not in the enumeration");
        is_admin = is_admin || each == "room_admin";
    }
    return is_admin;
}

json::object member_item(const services& on, const person& who, bool is_admin) {
    json::array roles;
    roles.emplace_back("room_member");
    if (is_admin) roles.emplace_back("room_admin");
    json::object item = person_item(who, on.self.base_url());
    item["room_roles"] = std::move(roles);
    return item;
}

task<json::object> get_members(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    if (!where->is_private()) throw refusal(400, "Only private rooms have members");
    listing list(page_of(asked));
    for (const auto& [id, each] : on.places.members_of(where->id)) {
        const person* const found = on.persons.find(id);
        if (found == nullptr || found->is_deleted) continue;
        if (list.wants_next())
            list.add(member_item(on, *found, each.is_admin));
        else
            list.skip();
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

// Who may be in the room: its members, or everybody.
bool belongs(const services& on, const room& where, const person& who) {
    if (who.is_deleted) return false;
    return !where.is_private() || on.places.is_member(where.id, who.id);
}

task<json::object> get_participants(services& on, const request& asked, const access& who) {
    const room_ptr where = room_for(who, on, asked);
    const auto& members = on.places.members_of(where->id);
    const auto item = [&](const person& each) {
        const auto own = members.find(each.id);
        const bool is_admin = own != members.end() && own->second.is_admin;
        return member_item(on, each, is_admin || each.id == where->owner_id);
    };
    listing list(page_of(asked));
    const auto take = [&](const person& each) {
        if (list.wants_next())
            list.add(item(each));
        else
            list.skip();
    };
    if (asked.parameter("include-offline") == "true") {
        for (const auto& [id, each] : on.persons.all())
            if (belongs(on, *where, each)) take(each);
    } else {
        for (const person& each : on.here.people_in(where->id))
            take(each);
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

task<http_response> put_member(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    if (!where->is_private()) throw refusal(400, "Only private rooms have members");
    const person user = user_for(on, asked);
    task<> adding = on.places.add_member(where->id, {user.id, wants_admin(asked)});
    co_await adding;
    co_return http_response::no_content();
}

task<http_response> delete_member(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    const person user = user_for(on, asked);
    if (user.id == where->owner_id)
        throw refusal(400, "The owner of a room stays its member; give it another owner first");
    task<bool> dropping = on.places.drop_member(where->id, user.id);
    const bool dropped = co_await dropping;
    if (!dropped) throw refusal(404, "User is not a member of the room");
    co_return http_response::no_content();
}

// Whoever is invited into a private room becomes its member.
task<http_response> post_invite(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    const person user = user_for(on, asked);
    std::string reason;
    if (!asked.raw().body.empty())
        reason = fields(asked.object()).optional_text("reason", reason_length).value_or("");
    if (where->is_private() && !on.places.is_member(where->id, user.id)) {
        task<> adding = on.places.add_member(where->id, {user.id, false});
        co_await adding;
    }
    std::string by = who.client() ? who.client()->sender_name() : who.user()->name;
    task<change> inviting = on.act.invite(where->id, std::move(by), user, std::move(reason));
    co_await inviting;
    co_return http_response::no_content();
}

}  // namespace

void add_member_routes(rest_routes to, services& on) {
    const std::vector<scope> reading{scope::view_room, scope::view_group};
    to.shown.add("/v2/room/{room}/member", reading, [&on](const request& asked, const access& who) {
        return get_members(on, asked, who);
    });
    to.shown.add("/v2/room/{room}/participant", reading,
                 [&on](const request& asked, const access& who) {
                     return get_participants(on, asked, who);
                 });
    to.to.for_bearer(
        "PUT", "/v2/room/{room}/member/{user}", {scope::admin_room},
        [&on](const request& asked, const access& who) { return put_member(on, asked, who); });
    to.to.for_bearer(
        "DELETE", "/v2/room/{room}/member/{user}", {scope::admin_room},
        [&on](const request& asked, const access& who) { return delete_member(on, asked, who); });
    to.to.for_bearer(
        "POST", "/v2/room/{room}/invite/{user}", {scope::admin_room},
        [&on](const request& asked, const access& who) { return post_invite(on, asked, who); });
}

}  // namespace hipchat::host
