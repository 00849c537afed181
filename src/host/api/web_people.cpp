#include "host/api/deactivation.hpp"
#include "host/api/fields.hpp"
#include "host/api/person_fields.hpp"
#include "host/api/web.hpp"
#include "host/core/dates.hpp"

// Who belongs to the group: for admins. And the links by which people join.

namespace hipchat::host {
namespace {

constexpr text_length code_length{1, 100};

json::object entry_of(const services& on, const person& who) {
    json::object entry = to_json(who);
    entry["role"] = to_string(who.standing);
    entry["email"] = who.email;
    entry["title"] = who.title;
    entry["has_account"] = on.signing_in.has(who.id);
    entry["invited_until"] = nullptr;
    if (const auto until = on.invited.of_person(who.id))
        entry["invited_until"] = write_date(wall_time(*until));
    return entry;
}

task<http_response> get_people(const services& on) {
    json::array list;
    for (const auto& [id, each] : on.persons.all())
        if (!each.is_deleted) list.push_back(entry_of(on, each));
    json::object body;
    body["people"] = std::move(list);
    co_return json_response(200, body);
}

void require_accounts(const services& on) {
    if (!on.signing_in.any())
        throw refusal(409, "There are no accounts yet; the group needs an owner first");
}

// A role that the caller may give: only owners make owners.
role read_role(const fields& body, const person_here& who) {
    const role wanted = *role_named(body.one_of("role", {"member", "admin", "owner"}));
    if (wanted == role::owner && who.who() != nullptr && who.who()->standing != role::owner)
        throw refusal(403, "Only owners of the group may make somebody an owner");
    return wanted;
}

person other_person(const services& on, const request& asked, const person_here& who) {
    const person* const found = on.persons.find(asked.captured("person"));
    if (found == nullptr || found->is_deleted)
        throw refusal(404, "There is no person " + asked.captured("person"));
    const bool is_above = who.who() != nullptr && found->standing > who.who()->standing;
    if (is_above) throw refusal(403, "Only owners of the group may change an owner");
    return *found;
}

task<http_response> link_for(services& on, person who, int status) {
    task<secret> inviting = on.invited.invite(who.id);
    const secret code = co_await inviting;
    json::object body;
    body["person"] = entry_of(on, who);
    // The code is in the fragment, which no server and no log sees.
    body["link"] = on.self.base_url() + "/join#" + std::string(code.reveal());
    co_return json_response(status, body);
}

task<http_response> post_person(services& on, const request& asked, const person_here& who) {
    require_accounts(on);
    const fields body(asked.object());
    person wanted;
    wanted.name = read_name(body);
    wanted.email = read_email(body);
    wanted.standing = read_role(body, who);
    task<std::optional<person>> creating = on.persons.create(wanted);
    const std::optional<person> made = co_await creating;
    if (!made)
        refuse_field("email", "unique", json::string(wanted.email),
                     "is taken, or the name is; choose others");
    task<http_response> linking = link_for(on, *made, 201);
    co_return co_await linking;
}

// A new link: for somebody who has none that works, or who forgot their password.
task<http_response> post_link(services& on, const request& asked, const person_here& who) {
    require_accounts(on);
    task<http_response> linking = link_for(on, other_person(on, asked, who), 200);
    co_return co_await linking;
}

task<http_response> put_role(services& on, const request& asked, const person_here& who) {
    person changed = other_person(on, asked, who);
    const role wanted = read_role(fields(asked.object()), who);
    if (wanted != role::owner && is_last_owner(on, changed))
        throw refusal(403, "The group would have no owner; make somebody else one first");
    changed.standing = wanted;
    task<bool> changing = on.persons.change(changed);
    co_await changing;
    co_return json_response(200, entry_of(on, changed));
}

task<http_response> delete_person(services& on, const request& asked, const person_here& who) {
    task<> removing = deactivate(on, other_person(on, asked, who));
    co_await removing;
    co_return http_response::no_content();
}

// {"code"}: whom the link invites; with {"password"} they join, and are signed in.
task<http_response> post_join(services& on, const request& asked) {
    const fields body(asked.object());
    if (on.attempts.count(asked.raw().peer, "an invitation").is_refused)
        throw refusal(429, "Too many attempts; try again in a quarter of an hour");
    secret code(body.text("code", code_length));
    const auto id = on.invited.find(code);
    const person* const who = id ? on.persons.find(*id) : nullptr;
    if (who == nullptr || who->is_deleted)
        throw refusal(404, "This link was used, or is too old; ask for a new one");
    if (body.find("password") == nullptr) {
        json::object answer;
        answer["person"] = to_json(*who);
        answer["group"] = on.places.group_name();
        co_return json_response(200, answer);
    }
    const person joining = *who;
    secret password = read_password(body, "password");
    task<bool> taking = on.invited.take(std::move(code));
    const bool is_mine = co_await taking;
    if (!is_mine) throw refusal(404, "This link was used, or is too old; ask for a new one");
    task<> setting = on.signing_in.set(joining.id, std::move(password));
    co_await setting;
    task<> ending = on.open.end_all(joining.id);
    co_await ending;
    task<http_response> signing = signed_in(on, asked, joining, 201);
    co_return co_await signing;
}

}  // namespace

void add_web_people_routes(router& to, services& on) {
    to.for_person_here("GET", "/api/people", role::member,
                       [&on](const request&, const person_here&) { return get_people(on); });
    to.for_person_here("POST", "/api/people", role::admin,
                       [&on](const request& asked, const person_here& who) {
                           return post_person(on, asked, who);
                       });
    to.for_person_here(
        "POST", "/api/people/{person}/invitation", role::admin,
        [&on](const request& asked, const person_here& who) { return post_link(on, asked, who); });
    to.for_person_here(
        "PUT", "/api/people/{person}/role", role::admin,
        [&on](const request& asked, const person_here& who) { return put_role(on, asked, who); });
    to.for_person_here("DELETE", "/api/people/{person}", role::admin,
                       [&on](const request& asked, const person_here& who) {
                           return delete_person(on, asked, who);
                       });
    to.for_visitor("POST", "/api/join",
                   [&on](const request& asked, const visitor&) { return post_join(on, asked); });
}

}  // namespace hipchat::host
