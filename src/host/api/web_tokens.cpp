#include "host/api/fields.hpp"
#include "host/api/web.hpp"
#include "host/core/dates.hpp"

// Tokens that people make by hand (docs/host-web.md).

namespace hipchat::host {
namespace {

constexpr text_length label_length{1, 50};

json::array listed(const std::vector<listed_token>& tokens) {
    json::array list;
    for (const listed_token& each : tokens) {
        json::array scopes;
        for (const scope one : each.what.scopes)
            scopes.emplace_back(to_string(one));
        json::object item;
        item["id"] = each.id;
        item["label"] = each.what.label;
        item["scopes"] = std::move(scopes);
        item["created"] = write_date(wall_time(each.what.created));
        item["expires"] = write_date(wall_time(each.what.expires));
        list.push_back(std::move(item));
    }
    return list;
}

http_response list_response(const std::vector<listed_token>& tokens) {
    json::object body;
    body["tokens"] = listed(tokens);
    return json_response(200, body);
}

// The only time that the token is shown.
http_response made_response(const secret& token) {
    json::object body;
    body["token"] = token.reveal();
    return json_response(201, body);
}

// Only of oneself; whoever needs not be signed in may speak for anybody.
const person& person_named(const services& on, const person_here& who, const request& asked) {
    const person* const found = on.persons.find(asked.captured("person"));
    if (found == nullptr || found->is_deleted)
        throw refusal(404, "There is no person " + asked.captured("person"));
    if (who.who() != nullptr && who.who()->id != found->id)
        throw refusal(403, "Tokens of other people are theirs alone");
    return *found;
}

std::vector<scope> read_scopes(const fields& body) {
    const json::value* const listed = body.find("scopes");
    if (listed == nullptr || !listed->is_array() || listed->get_array().empty())
        refuse_field("scopes", "required", nullptr, "must list what the token may do");
    std::vector<scope> scopes;
    for (const json::value& each : listed->get_array()) {
        const auto known = each.is_string() ? scope_named(each.get_string()) : std::nullopt;
        if (!known) refuse_field("scopes", "enum", each, "is no scope");
        scopes.push_back(*known);
    }
    return scopes;
}

task<http_response> get_of_person(services& on, const request& asked, const person_here& who) {
    co_return list_response(on.made.of_person(person_named(on, who, asked).id));
}

task<http_response> post_for_person(services& on, const request& asked, const person_here& who) {
    const std::int64_t id = person_named(on, who, asked).id;
    const fields body(asked.object());
    task<secret> issuing =
        on.made.issue_for_person(id, read_scopes(body), body.text("label", label_length));
    const secret token = co_await issuing;
    co_return made_response(token);
}

task<http_response> get_of_room(services& on, const request& asked, const person_here& who) {
    co_return list_response(on.made.of_room(room_to_change(on, who, asked)->id));
}

task<http_response> post_for_room(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_to_change(on, who, asked);
    task<secret> issuing =
        on.made.issue_for_room(where->id, fields(asked.object()).text("label", label_length));
    const secret token = co_await issuing;
    co_return made_response(token);
}

task<http_response> revoke(services& on, const request& asked, std::vector<listed_token> own) {
    const std::string& id = asked.captured("token");
    const auto is_it = [&](const listed_token& each) { return each.id == id; };
    if (std::ranges::none_of(own, is_it)) throw refusal(404, "There is no such token");
    task<> revoking = on.made.revoke(std::string(id));
    co_await revoking;
    co_return http_response::no_content();
}

}  // namespace

void add_web_token_routes(router& to, services& on) {
    const std::string of_person = "/api/people/{person}/tokens";
    to.for_person_here("GET", of_person, role::member,
                       [&on](const request& asked, const person_here& who) {
                           return get_of_person(on, asked, who);
                       });
    to.for_person_here("POST", of_person, role::member,
                       [&on](const request& asked, const person_here& who) {
                           return post_for_person(on, asked, who);
                       });
    to.for_person_here("DELETE", of_person + "/{token}", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return revoke(on, asked,
                                         on.made.of_person(person_named(on, who, asked).id));
                       });
    const std::string of_room = "/api/rooms/{room}/tokens";
    to.for_person_here("GET", of_room, role::member,
                       [&on](const request& asked, const person_here& who) {
                           return get_of_room(on, asked, who);
                       });
    to.for_person_here("POST", of_room, role::member,
                       [&on](const request& asked, const person_here& who) {
                           return post_for_room(on, asked, who);
                       });
    to.for_person_here("DELETE", of_room + "/{token}", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return revoke(on, asked,
                                         on.made.of_room(room_to_change(on, who, asked)->id));
                       });
}

}  // namespace hipchat::host
