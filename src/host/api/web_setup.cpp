#include "host/api/fields.hpp"
#include "host/api/person_fields.hpp"
#include "host/api/web.hpp"

// The first owner: from then on people sign in.

namespace hipchat::host {
namespace {

constexpr text_length group_length{1, 50};
constexpr text_length room_length{1, 50};
constexpr text_length code_length{0, 100};

void check_may_set_up(services& on, const request& asked, const fields& body) {
    if (on.signing_in.any()) throw refusal(409, "This group has an owner already; sign in");
    if (!on.setup_code) return;
    if (on.attempts.count(asked.raw().peer, "the setup code").is_refused)
        throw refusal(429, "Too many attempts; try again in a quarter of an hour");
    const secret shown(body.optional_text("code", code_length).value_or(""));
    if (!(shown == *on.setup_code))
        throw refusal(403, "Open the link that the host printed when it started");
}

// The person of that name, if somebody used it in single-user mode, or a new one.
task<person> first_owner(services& on, const fields& body) {
    task<person> naming = on.persons.named(read_name(body));
    person owner = co_await naming;
    owner.email = read_email(body);
    owner.standing = role::owner;
    task<bool> changing = on.persons.change(owner);
    const bool stored = co_await changing;
    if (!stored) refuse_field("email", "unique", json::string(owner.email), "is somebody else's");
    co_return owner;
}

// The room that was there from the beginning gets the name that the owner chose.
task<room_ptr> first_room_named(services& on, std::string name, person owner) {
    if (const room_ptr known = on.places.find(name)) co_return known;
    doer by;
    by.who = owner;
    if (on.places.all().size() == 1 && on.places.all().begin()->second->owner_id == 0) {
        room changed = *on.places.all().begin()->second;
        changed.name = std::move(name);
        changed.owner_id = owner.id;
        task<room_ptr> changing = on.places.change(std::move(changed), std::move(by));
        co_return co_await changing;
    }
    room made;
    made.name = std::move(name);
    made.owner_id = owner.id;
    task<room_ptr> creating = on.places.create(std::move(made), std::move(by));
    co_return co_await creating;
}

task<http_response> post_setup(services& on, const request& asked) {
    const fields body(asked.object());
    check_may_set_up(on, asked, body);
    const std::string group = body.text("group", group_length);
    const auto room_name = tidy_name(body.text("room", room_length));
    if (!room_name) refuse_field("room", "format", *body.find("room"), "must be a name");
    secret password = read_password(body, "password");
    task<person> making = first_owner(on, body);
    const person owner = co_await making;
    task<> renaming = on.places.rename_group(group);
    co_await renaming;
    task<room_ptr> opening = first_room_named(on, *room_name, owner);
    const room_ptr where = co_await opening;
    // Last: until there is an account, all of this can be done again.
    task<> setting = on.signing_in.set(owner.id, std::move(password));
    co_await setting;
    on.setup_code.reset();
    task<http_response> signing = signed_in(on, asked, owner, 201);
    http_response response = co_await signing;
    if (where) response.headers.emplace_back("Location", "/rooms/" + std::to_string(where->id));
    co_return response;
}

}  // namespace

void add_web_setup_routes(router& to, services& on) {
    to.for_visitor("POST", "/api/setup",
                   [&on](const request& asked, const visitor&) { return post_setup(on, asked); });
}

}  // namespace hipchat::host
