#include "host/api/cookie.hpp"
#include "host/api/fields.hpp"
#include "host/api/web.hpp"
#include "host/core/dates.hpp"

// Signing in and out (docs/host-web.md, "People").

namespace hipchat::host {
namespace {

constexpr text_length name_length{1, 254};
constexpr text_length any_password{0, 1000};

json::object you_of(const person& who) {
    json::object you = to_json(who);
    you["role"] = to_string(who.standing);
    return you;
}

std::string_view mode_of(const services& on) {
    if (on.signing_in.any()) return "accounts";
    return on.is_single_user ? "single_user" : "setup";
}

// Who is signed in; null if nobody is.
const person* person_of(const services& on, const request& asked) {
    const secret shown = shown_session(asked);
    const auto open = shown.empty() ? std::nullopt : on.open.find(shown);
    const person* const who = open ? on.persons.find(open->person_id) : nullptr;
    return who == nullptr || who->is_deleted ? nullptr : who;
}

task<http_response> get_session(const services& on, const request& asked) {
    json::object body;
    body["mode"] = mode_of(on);
    body["group"] = on.places.group_name();
    const person* const who = person_of(on, asked);
    if (who == nullptr)
        body["you"] = nullptr;
    else
        body["you"] = you_of(*who);
    co_return json_response(200, body);
}

// The same answer, after the same work, whether there is such a person or not.
task<http_response> post_session(services& on, const request& asked) {
    const fields body(asked.object());
    const std::string name = body.text("name", name_length);
    secret password(body.text("password", any_password));
    const allowance left = on.attempts.count(asked.raw().peer, name);
    if (left.is_refused)
        throw refusal(429, "Too many attempts; try again in a quarter of an hour")
            .with("Retry-After", std::to_string(std::max<std::int64_t>(
                                     1, (left.reset - on.time.unix_time()).count())));
    const person* const known = on.persons.find(name);
    const std::int64_t id = known == nullptr || known->is_deleted ? 0 : known->id;
    task<bool> checking = on.signing_in.is_password_of(id, std::move(password));
    const bool is_right = co_await checking;
    const person* const who = on.persons.find(id);
    if (!is_right || who == nullptr || who->is_deleted)
        throw refusal(401, "The name or the password is wrong");
    task<http_response> signing = signed_in(on, asked, *who);
    co_return co_await signing;
}

task<http_response> delete_session(services& on, const request& asked) {
    const secret shown = shown_session(asked);
    const auto open = shown.empty() ? std::nullopt : on.open.find(shown);
    if (open) {
        task<> ending = on.open.end(open->id);
        co_await ending;
    }
    http_response done = http_response::no_content();
    done.headers.emplace_back("Set-Cookie", no_session_cookie(on.self.is_https()));
    co_return done;
}

task<http_response> get_sessions(const services& on, const person_here& who) {
    json::array list;
    const std::int64_t id = who.who() == nullptr ? 0 : who.who()->id;
    for (const session& each : on.open.of_person(id)) {
        json::object item;
        item["id"] = each.id;
        item["browser"] = each.browser;
        item["created"] = write_date(wall_time(each.created));
        item["is_this"] = each.id == who.session_id();
        list.push_back(std::move(item));
    }
    json::object body;
    body["sessions"] = std::move(list);
    co_return json_response(200, body);
}

// One's own others.
task<http_response> delete_sessions(services& on, const person_here& who) {
    if (who.who() != nullptr) {
        task<> ending = on.open.end_all(who.who()->id, who.session_id());
        co_await ending;
    }
    co_return http_response::no_content();
}

}  // namespace

task<http_response> signed_in(services& on, const request& asked, person who, int status) {
    const std::chrono::seconds good_for =
        who.is_guest() ? sessions::guest_lifetime : sessions::lifetime;
    task<secret> beginning =
        on.open.begin(who.id, std::string(asked.header("User-Agent")), good_for);
    const secret shown = co_await beginning;
    json::object body;
    body["you"] = you_of(who);
    http_response response = json_response(status, body);
    response.headers.emplace_back("Set-Cookie",
                                  session_cookie(shown, good_for, on.self.is_https()));
    co_return response;
}

void add_web_session_routes(router& to, services& on) {
    const std::string path = "/api/session";
    to.for_visitor("GET", path,
                   [&on](const request& asked, const visitor&) { return get_session(on, asked); });
    to.for_visitor("POST", path,
                   [&on](const request& asked, const visitor&) { return post_session(on, asked); });
    to.for_visitor("DELETE", path, [&on](const request& asked, const visitor&) {
        return delete_session(on, asked);
    });
    to.for_person_here(
        "GET", "/api/sessions", role::guest,
        [&on](const request&, const person_here& who) { return get_sessions(on, who); });
    to.for_person_here(
        "DELETE", "/api/sessions", role::guest,
        [&on](const request&, const person_here& who) { return delete_sessions(on, who); });
}

}  // namespace hipchat::host
