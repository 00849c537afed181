#include "host/api/fields.hpp"
#include "host/api/person_fields.hpp"
#include "host/api/web.hpp"

// What people say about themselves.

namespace hipchat::host {
namespace {

constexpr text_length title_length{0, 50};
constexpr text_length any_password{0, 1000};

const person& oneself(const services& on, const person_here& who) {
    if (who.who() == nullptr)
        throw refusal(409, "Nobody is signed in here; profiles are there once there are accounts");
    return *on.persons.find(who.who()->id);
}

json::object profile(const person& who) {
    json::object document = to_json(who);
    document["role"] = to_string(who.standing);
    document["email"] = who.email;
    document["title"] = who.title;
    document["timezone"] = who.timezone;
    document["photo"] = who.photo;
    document["presence"] = to_json(who.status);
    return document;
}

task<http_response> get_profile(const services& on, const person_here& who) {
    co_return json_response(200, profile(oneself(on, who)));
}

// What is not said stays.
task<http_response> put_profile(services& on, const request& asked, const person_here& who) {
    person changed = oneself(on, who);
    const fields body(asked.object());
    if (body.find("name") != nullptr) changed.name = read_name(body);
    if (body.find("email") != nullptr) changed.email = read_email(body);
    if (auto mention = read_mention(body); !mention.empty()) changed.mention_name = mention;
    if (auto title = body.optional_text("title", title_length)) changed.title = *title;
    if (auto zone = optional_timezone(body)) changed.timezone = *zone;
    read_presence(body, changed);
    task<bool> changing = on.persons.change(changed);
    const bool stored = co_await changing;
    if (!stored)
        refuse_field("mention_name", "unique", json::string(changed.mention_name),
                     "is taken, or the name or the e-mail is; choose others");
    co_return json_response(200, profile(oneself(on, who)));
}

// Whoever has the old one; sessions elsewhere end.
task<http_response> put_password(services& on, const request& asked, const person_here& who) {
    const std::int64_t id = oneself(on, who).id;
    const fields body(asked.object());
    secret wanted = read_password(body, "password");
    if (on.attempts.count(asked.raw().peer, who.who()->name).is_refused)
        throw refusal(429, "Too many attempts; try again in a quarter of an hour");
    secret old(body.text("old_password", any_password));
    task<bool> checking = on.signing_in.is_password_of(id, std::move(old));
    const bool is_right = co_await checking;
    if (!is_right)
        refuse_field("old_password", "match", nullptr, "is not the password that you have now");
    task<> setting = on.signing_in.set(id, std::move(wanted));
    co_await setting;
    task<> ending = on.open.end_all(id, who.session_id());
    co_await ending;
    co_return http_response::no_content();
}

}  // namespace

void add_web_profile_routes(router& to, services& on) {
    to.for_person_here(
        "GET", "/api/profile", role::guest,
        [&on](const request&, const person_here& who) { return get_profile(on, who); });
    to.for_person_here("PUT", "/api/profile", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return put_profile(on, asked, who);
                       });
    to.for_person_here("PUT", "/api/profile/password", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return put_password(on, asked, who);
                       });
}

}  // namespace hipchat::host
