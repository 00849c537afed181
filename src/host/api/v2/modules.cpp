#include "host/core/modules.hpp"

#include "host/api/v2/rest.hpp"

// Modules that add-ons add (host-side.md 4, "Dynamic modules"). A client sees its own only.

namespace hipchat::host {
namespace {

constexpr std::size_t most_modules = 100;

// What a path names: kind and key, for a room or (0) wherever the client is.
added_module named(const services& on, const request& asked, const addon_access& who,
                   bool in_room) {
    added_module wanted;
    if (in_room) {
        wanted.room_id = room_of_addon(who, on, asked)->id;
    } else if (who.who()->room_id) {
        throw refusal(403, "This add-on is installed into one room; use /v2/room/{room}/extension");
    }
    wanted.kind = asked.captured("kind");
    wanted.key = asked.captured("key");
    if (!is_module_kind(wanted.kind))
        throw refusal(404, "There is no kind of module " + wanted.kind);
    return wanted;
}

const added_module& find_module(const client& of, const added_module& wanted) {
    const auto found = std::ranges::find_if(of.modules, [&](const added_module& each) {
        return each.room_id == wanted.room_id && each.kind == wanted.kind && each.key == wanted.key;
    });
    if (found == of.modules.end()) throw refusal(404, "Module not found");
    return *found;
}

task<http_response> get_module(services& on, const request& asked, const addon_access& who,
                               bool in_room) {
    const added_module wanted = named(on, asked, who, in_room);
    co_return json_response(200, find_module(*who.who(), wanted).document);
}

task<http_response> put_module(services& on, const request& asked, const addon_access& who,
                               bool in_room) {
    added_module wanted = named(on, asked, who, in_room);
    wanted.document = asked.object();
    wanted.document["key"] = wanted.key;
    if (who.who()->modules.size() >= most_modules)
        throw refusal(400, "This add-on added 100 modules, the most there may be; remove some");
    try {
        check_module(*who.who(), wanted);
    } catch (const protocol_error& flaw) {
        refuse_field(wanted.kind, "format", wanted.document, flaw.what());
    }
    for (const char* const name : {"url", "queryUrl"}) {
        const json::value* const url = wanted.document.if_contains(name);
        if (url != nullptr && url->is_string() && on.self.owns(url->get_string()))
            refuse_field(name, "format", *url, "is on the host's own origin");
    }
    const std::string self = on.self.base_url() + std::string(asked.raw().path);
    const json::string key(wanted.key);
    task<bool> adding = on.installed.add_module(who.who()->oauth_id, std::move(wanted));
    const bool added = co_await adding;
    if (!added) throw refusal(401, "Invalid OAuth session");
    co_return created(key, self);
}

task<http_response> delete_module(services& on, const request& asked, const addon_access& who,
                                  bool in_room) {
    const added_module gone = find_module(*who.who(), named(on, asked, who, in_room));
    task<> dropping = on.installed.drop_module(who.who()->oauth_id, gone);
    co_await dropping;
    co_return http_response::no_content();
}

void add_routes(router& to, services& on, const std::string& path, scope needed, bool in_room) {
    to.for_addon("GET", path, {needed},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     return get_module(on, asked, who, in_room);
                 });
    to.for_addon("PUT", path, {needed},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     return put_module(on, asked, who, in_room);
                 });
    to.for_addon("DELETE", path, {needed},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     return delete_module(on, asked, who, in_room);
                 });
}

}  // namespace

void add_module_routes(router& to, services& on) {
    add_routes(to, on, "/v2/room/{room}/extension/{kind}/{key}", scope::admin_room, true);
    add_routes(to, on, "/v2/extension/{kind}/{key}", scope::admin_group, false);
}

}  // namespace hipchat::host
