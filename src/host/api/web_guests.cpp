#include <algorithm>

#include "base/random.hpp"
#include "host/api/fields.hpp"
#include "host/api/person_fields.hpp"
#include "host/api/web.hpp"

// Guests come by the link of one room and see nothing else; and who may see a room.

namespace hipchat::host {
namespace {

constexpr std::size_t guest_token_length = 20;

// The room whose link it is; throws refusal(404).
room_ptr room_of_link(const services& on, const request& asked) {
    const std::string& token = asked.captured("token");
    for (const auto& [id, each] : on.places.all()) {
        const bool is_open = each->is_guest_accessible && !each->is_archived;
        if (is_open && secret(each->guest_token) == secret(token)) return each;
    }
    throw refusal(404, "This link does not let guests in any more");
}

task<http_response> get_guest_room(services& on, const request& asked) {
    json::object body;
    body["room"] = room_of_link(on, asked)->name;
    body["group"] = on.places.group_name();
    co_return json_response(200, body);
}

// Names are unique; a guest's gets a number, if need be.
task<person> make_guest(services& on, std::string name, std::int64_t room_id) {
    for (int next = 1; next < 100; ++next) {
        person wanted;
        wanted.name = next == 1 ? name : name + " " + std::to_string(next);
        wanted.standing = role::guest;
        wanted.guest_room = room_id;
        task<std::optional<person>> creating = on.persons.create(std::move(wanted));
        const std::optional<person> made = co_await creating;
        if (made) co_return *made;
    }
    refuse_field("name", "unique", json::string(name), "is taken; choose another");
}

task<http_response> post_guest(services& on, const request& asked) {
    if (!on.signing_in.any())
        throw refusal(409, "Nobody needs to be a guest here: there are no accounts yet");
    if (on.attempts.count(asked.raw().peer, "a guest").is_refused)
        throw refusal(429, "Too many guests; try again in a quarter of an hour");
    const room_ptr where = room_of_link(on, asked);
    task<person> making = make_guest(on, read_name(fields(asked.object())), where->id);
    const person guest = co_await making;
    task<http_response> signing = signed_in(on, asked, guest, 201);
    http_response response = co_await signing;
    response.headers.emplace_back("Location", "/rooms/" + std::to_string(where->id));
    co_return response;
}

json::object access_of(const services& on, const room& which) {
    json::array members;
    for (const auto& [id, each] : on.places.members_of(which.id)) {
        const person* const who = on.persons.find(id);
        if (who == nullptr || who->is_deleted) continue;
        json::object item = to_json(*who);
        item["is_admin"] = each.is_admin;
        members.push_back(std::move(item));
    }
    json::object body;
    body["privacy"] = which.privacy;
    body["owner_id"] = which.owner_id;
    body["guest_link"] = nullptr;
    if (which.is_guest_accessible)
        body["guest_link"] = on.self.base_url() + "/guest/" + which.guest_token;
    body["members"] = std::move(members);
    return body;
}

task<http_response> get_access(services& on, const request& asked, const person_here& who) {
    co_return json_response(200, access_of(on, *room_to_change(on, who, asked)));
}

doer doer_of(const person_here& who) {
    doer by;
    if (who.who() != nullptr) by.who = *who.who();
    return by;
}

// {"privacy"?, "guests"?}: a link that was switched off never works again.
task<http_response> put_access(services& on, const request& asked, const person_here& who) {
    room changed = *room_to_change(on, who, asked);
    const fields body(asked.object());
    if (auto privacy = body.optional_one_of("privacy", {"public", "private"}))
        changed.privacy = *privacy;
    if (auto guests = body.optional_boolean("guests")) {
        if (*guests && !changed.is_guest_accessible)
            changed.guest_token = random_alphanumeric(guest_token_length);
        changed.is_guest_accessible = *guests;
    }
    task<room_ptr> changing = on.places.change(std::move(changed), doer_of(who));
    const room_ptr made = co_await changing;
    if (!made) throw refusal(404, "The room is gone");
    co_return json_response(200, access_of(on, *made));
}

const person& person_named(const services& on, const request& asked) {
    const person* const found = on.persons.find(asked.captured("person"));
    if (found == nullptr || found->is_deleted)
        throw refusal(404, "There is no person " + asked.captured("person"));
    if (found->is_guest()) throw refusal(400, "A guest cannot be a member of a room");
    return *found;
}

task<http_response> put_member(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_to_change(on, who, asked);
    const std::int64_t id = person_named(on, asked).id;
    const bool is_admin = fields(asked.object()).optional_boolean("is_admin").value_or(false);
    task<> adding = on.places.add_member(where->id, {id, is_admin});
    co_await adding;
    co_return json_response(200, access_of(on, *where));
}

task<http_response> delete_member(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_to_change(on, who, asked);
    task<bool> dropping = on.places.drop_member(where->id, person_named(on, asked).id);
    co_await dropping;
    co_return json_response(200, access_of(on, *where));
}

void add_member_access_routes(router& to, services& on) {
    const std::string one = "/api/rooms/{room}/access/{person}";
    to.for_person_here(
        "PUT", one, role::member,
        [&on](const request& asked, const person_here& who) { return put_member(on, asked, who); });
    to.for_person_here("DELETE", one, role::member,
                       [&on](const request& asked, const person_here& who) {
                           return delete_member(on, asked, who);
                       });
}

}  // namespace

void add_web_guest_routes(router& to, services& on) {
    to.for_visitor("GET", "/api/guests/{token}", [&on](const request& asked, const visitor&) {
        return get_guest_room(on, asked);
    });
    to.for_visitor("POST", "/api/guests/{token}",
                   [&on](const request& asked, const visitor&) { return post_guest(on, asked); });
    const std::string path = "/api/rooms/{room}/access";
    to.for_person_here(
        "GET", path, role::member,
        [&on](const request& asked, const person_here& who) { return get_access(on, asked, who); });
    to.for_person_here(
        "PUT", path, role::member,
        [&on](const request& asked, const person_here& who) { return put_access(on, asked, who); });
    add_member_access_routes(to, on);
}

}  // namespace hipchat::host
