#include <algorithm>

#include "host/api/web.hpp"
#include "host/core/dates.hpp"
#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

json::array scope_list(const std::vector<scope>& scopes) {
    json::array list;
    for (const protocol::scope_info& known : protocol::known_scopes()) {
        if (std::ranges::find(scopes, known.value) == scopes.end()) continue;
        json::object each;
        each["id"] = known.id;
        each["name"] = known.name;
        each["description"] = known.description;
        list.push_back(std::move(each));
    }
    return list;
}

std::string avatar_of(const descriptor& value) {
    return value.avatar ? value.avatar->url : "";
}

json::object summary(const judged_descriptor& judged) {
    json::object body;
    body["url"] = judged.url;
    body["key"] = judged.value.key;
    body["name"] = judged.value.name;
    body["description"] = judged.value.description;
    body["vendor"] = nullptr;
    if (judged.value.vendor) {
        json::object& vendor = body["vendor"].emplace_object();
        vendor["name"] = judged.value.vendor->name;
        vendor["url"] = judged.value.vendor->url;
    }
    body["avatar"] = avatar_of(judged.value);
    body["allow_room"] = judged.value.allow_room;
    body["allow_global"] = judged.value.allow_global;
    body["scopes"] = scope_list(judged.value.scopes);
    json::array findings;
    for (const protocol::lint_finding& each : judged.findings) {
        const bool is_error = each.level == protocol::lint_finding::severity::error;
        json::object finding;
        finding["level"] = is_error ? "error" : "warning";
        finding["member"] = each.member;
        finding["rule"] = each.rule;
        findings.push_back(std::move(finding));
    }
    body["findings"] = std::move(findings);
    return body;
}

json::object integration(const client& value) {
    json::object body;
    body["key"] = value.descriptor.key;
    body["name"] = value.descriptor.name;
    body["description"] = value.descriptor.description;
    body["oauth_id"] = value.oauth_id;
    body["url"] = value.descriptor_url;
    body["avatar"] = avatar_of(value.descriptor);
    body["scopes"] = scope_list(value.descriptor.scopes);
    body["configurable"] = value.descriptor.configurable.has_value();
    body["installed_at"] = write_date(value.installed_at);
    if (value.room_id)
        body["room_id"] = *value.room_id;
    else
        body["room_id"] = nullptr;
    return body;
}

refusal as_refusal(const install_refused& why) {
    switch (why.why()) {
        case install_refused::reason::conflict:
            return {409, why.what()};
        case install_refused::reason::addon:
            return {502, why.what()};
        case install_refused::reason::bad_request:
            break;
    }
    return {400, why.what()};
}

// The ids that a person agreed to; one that this host does not know is refused.
std::vector<scope> read_scopes(const json::object& body) {
    const json::value* const listed = body.if_contains("scopes");
    if (listed == nullptr || !listed->is_array())
        throw refusal(400, "'scopes' must list the scopes that were agreed to");
    std::vector<scope> scopes;
    for (const json::value& each : listed->get_array()) {
        const auto known = each.is_string() ? scope_named(each.get_string()) : std::nullopt;
        if (!known) throw refusal(400, "'scopes' names a scope that does not exist");
        scopes.push_back(*known);
    }
    return scopes;
}

task<http_response> post_descriptor(services& on, const request& asked) {
    const std::string url = required_text(asked.object(), "url");
    try {
        task<judged_descriptor> looking = on.installs.look_at(url);
        const judged_descriptor judged = co_await looking;
        json::object body;
        body["descriptor"] = summary(judged);
        co_return json_response(200, body);
    } catch (const install_refused& why) {
        throw as_refusal(why);
    }
}

task<http_response> get_integrations(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
    json::array list;
    for (const client_ptr& each : on.installed.reaching(where->id))
        list.push_back(integration(*each));
    json::object body;
    body["integrations"] = std::move(list);
    co_return json_response(200, body);
}

// Where an integration is meant to be: the room that the path names, or the whole group.
std::optional<std::int64_t> place_of(const services& on, const request& asked,
                                     const person_here& who, bool in_room) {
    return in_room ? std::optional(room_to_change(on, who, asked)->id) : std::nullopt;
}

task<http_response> post_integration(services& on, const request& asked, const person_here& who,
                                     bool in_room) {
    const std::optional<std::int64_t> where = place_of(on, asked, who, in_room);
    const json::object wanted = asked.object();
    std::string url = required_text(wanted, "url");
    try {
        task<client_ptr> installing =
            on.installs.install(where, std::move(url), read_scopes(wanted));
        const client_ptr installed = co_await installing;
        json::object body;
        body["integration"] = integration(*installed);
        co_return json_response(201, body);
    } catch (const install_refused& why) {
        throw as_refusal(why);
    }
}

task<http_response> delete_integration(services& on, const request& asked, const person_here& who,
                                       bool in_room) {
    const client_ptr active =
        on.installed.of_addon(place_of(on, asked, who, in_room), asked.captured("key"));
    if (!active) throw refusal(404, "No add-on " + asked.captured("key") + " is installed here");
    task<bool> uninstalling = on.installs.uninstall(active);
    co_await uninstalling;
    co_return http_response::no_content();
}

// A link on an add-on's own page (addon-side.md 2.1): leads to where it can be agreed to.
task<http_response> follow_link(const services& on, const request& asked, const person_here& who) {
    const std::string named = asked.parameter("room").value_or("");
    const room_ptr where = named.empty() ? first_room(on, who) : on.places.find(named);
    if (!where || !may_see(on, who, *where)) throw refusal(404, "There is no room " + named);
    http_response response;
    response.status = 302;
    response.headers.emplace_back(
        "Location", "/rooms/" + std::to_string(where->id) + "/integrations?url="
                        + protocol::percent_encode(asked.parameter("url").value_or("")));
    co_return response;
}

}  // namespace

void add_web_integration_routes(router& to, services& on) {
    to.for_person_here(
        "POST", "/api/descriptors", role::member,
        [&on](const request& asked, const person_here&) { return post_descriptor(on, asked); });
    to.for_person_here("GET", "/api/rooms/{room}/integrations", role::member,
                       [&on](const request& asked, const person_here& who) {
                           return get_integrations(on, asked, who);
                       });
    for (const bool in_room : {true, false}) {
        const std::string path = in_room ? "/api/rooms/{room}/integrations" : "/api/integrations";
        const role least = in_room ? role::member : role::admin;
        to.for_person_here("POST", path, least,
                           [&on, in_room](const request& asked, const person_here& who) {
                               return post_integration(on, asked, who, in_room);
                           });
        to.for_person_here("DELETE", path + "/{key}", least,
                           [&on, in_room](const request& asked, const person_here& who) {
                               return delete_integration(on, asked, who, in_room);
                           });
    }
    to.for_page("/addons/install", role::member,
                [&on](const request& asked, const person_here& who) {
                    return follow_link(on, asked, who);
                });
}

}  // namespace hipchat::host
