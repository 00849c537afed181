#include "host/api/fields.hpp"
#include "host/api/web.hpp"
#include "host/connect/page_url.hpp"
#include "host/core/modules.hpp"
#include "protocol/descriptor.hpp"

// What the add-ons of a room show, and the addresses of their pages (docs/host-web.md).

namespace hipchat::host {
namespace {

constexpr text_length key_length{1, 255};
constexpr text_length name_length{0, 1000};

json::object addon_of(const services& on, const client& each, std::int64_t room_id,
                      const person& who) {
    const descriptor shown = described_in(each, room_id);
    const json::object document = protocol::write_descriptor(shown);
    const json::object& all = document.at("capabilities").as_object();
    json::object capabilities;
    for (const char* const kind :
         {"glance", "webPanel", "dialog", "action", "externalPage", "configurable"})
        if (const json::value* const found = all.if_contains(kind)) capabilities[kind] = *found;
    json::array scopes;
    for (const scope one : each.descriptor.scopes)
        scopes.emplace_back(to_string(one));
    json::object pushed;
    for (auto& [key, content] : on.glances.seen_by(each, room_id, who.id))
        pushed[key] = content;
    json::object addon;
    addon["key"] = each.descriptor.key;
    addon["name"] = each.descriptor.name;
    addon["scopes"] = std::move(scopes);
    addon["capabilities"] = std::move(capabilities);
    addon["pushed"] = std::move(pushed);
    return addon;
}

task<http_response> get_modules(services& on, const request& asked, const person_here& here) {
    const room_ptr where = room_named(on, here, asked);
    task<person> naming = acting_person(on, here, asked.parameter("as"));
    const person who = co_await naming;
    json::array addons;
    for (const client_ptr& each : on.installed.reaching(where->id))
        addons.push_back(addon_of(on, *each, where->id, who));
    json::object body;
    body["addons"] = std::move(addons);
    co_return json_response(200, body);
}

// What a page is opened by, and whether its address is signed.
struct shown_page {
    std::string url = {};
    bool is_signed = true;
};

template <class Module>
const Module* module_of(const std::vector<Module>& all, const std::string& key) {
    const auto found = std::ranges::find(all, key, &Module::key);
    return found == all.end() ? nullptr : &*found;
}

std::optional<shown_page> page_of_kind(const descriptor& in, const std::string& kind,
                                       const std::string& key) {
    const auto jwt = authentication::jwt;
    if (kind == "glance")
        if (const auto* const found = module_of(in.glances, key))
            return shown_page{found->query_url, true};
    if (kind == "webPanel")
        if (const auto* const found = module_of(in.web_panels, key))
            return shown_page{found->url, found->authentication == jwt};
    if (kind == "dialog")
        if (const auto* const found = module_of(in.dialogs, key))
            return shown_page{found->url, found->authentication == jwt};
    if (kind == "externalPage")
        if (const auto* const found = module_of(in.external_pages, key))
            return shown_page{found->url, true};
    if (kind == "configurable" && in.configurable)
        return shown_page{in.configurable->url, in.configurable->authentication == jwt};
    return std::nullopt;
}

client_ptr addon_in(const services& on, const room& where, const std::string& key) {
    for (const client_ptr& each : on.installed.reaching(where.id))
        if (each->descriptor.key == key) return each;
    throw refusal(404, "No add-on " + key + " is installed here");
}

task<http_response> post_page_address(services& on, const request& asked, const person_here& here) {
    const room_ptr where = room_named(on, here, asked);
    const fields body(asked.object());
    const client_ptr addon = addon_in(on, *where, body.text("addon_key", key_length));
    const std::string kind =
        body.one_of("kind", {"glance", "webPanel", "dialog", "externalPage", "configurable"});
    const std::string key = body.optional_text("key", {0, 255}).value_or("");
    const auto page = page_of_kind(described_in(*addon, where->id), kind, key);
    if (!page || page->url.empty()) throw refusal(404, "The add-on has no such module");
    const std::string theme = body.optional_one_of("theme", {"light", "dark"}).value_or("");
    const json::object values = body.optional_object("values").value_or(json::object());
    task<person> naming = acting_person(on, here, body.optional_text("as", name_length));
    const person who = co_await naming;
    const std::string token =
        page->is_signed ? page_token(*addon, where->id, who, on.time.unix_time()) : std::string();
    const bool has_theme = kind == "webPanel" || kind == "dialog";
    json::object answer;
    answer["declared"] = page->url;
    answer["url"] = page_url(fill_template(page->url, values), token, has_theme ? theme : "");
    co_return json_response(200, answer);
}

task<http_response> post_page_token(services& on, const request& asked, const person_here& here) {
    const room_ptr where = room_named(on, here, asked);
    const fields body(asked.object());
    const client_ptr addon = addon_in(on, *where, body.text("addon_key", key_length));
    task<person> naming = acting_person(on, here, body.optional_text("as", name_length));
    const person who = co_await naming;
    json::object answer;
    answer["token"] = page_token(*addon, where->id, who, on.time.unix_time());
    co_return json_response(200, answer);
}

}  // namespace

void add_web_module_routes(router& to, services& on) {
    to.for_person_here("GET", "/api/rooms/{room}/modules", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return get_modules(on, asked, who);
                       });
    to.for_person_here("POST", "/api/rooms/{room}/page-address", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return post_page_address(on, asked, who);
                       });
    to.for_person_here("POST", "/api/rooms/{room}/page-token", role::guest,
                       [&on](const request& asked, const person_here& who) {
                           return post_page_token(on, asked, who);
                       });
}

}  // namespace hipchat::host
