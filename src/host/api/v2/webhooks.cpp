#include "host/api/v2/rest.hpp"
#include "host/core/dates.hpp"
#include "host/core/payload.hpp"
#include "protocol/url.hpp"

// Webhooks that add-ons add (host-side.md 4). A client sees its own only.

namespace hipchat::host {
namespace {

constexpr text_length url_length{1, 2000};
constexpr text_length pattern_length{0, 4096};
constexpr text_length name_length{0, 100};
constexpr text_length key_length{1, 40};
constexpr std::size_t most_hooks = 200;

// Where hooks of a request belong: a room, or wherever the client is.
struct place {
    room_ptr where = {};  ///< null: wherever the client is

    std::optional<std::int64_t> room_id() const {
        return where ? std::optional(where->id) : std::nullopt;
    }
    std::string path(const services& on) const {
        const std::string base = on.self.base_url() + "/v2";
        return where ? base + "/room/" + std::to_string(where->id) : base;
    }
};

hook read_hook(const services& on, const fields& body) {
    hook made;
    made.url = body.text("url", url_length);
    if (!protocol::parse_web_url(made.url))
        refuse_field("url", "format", *body.find("url"), "must be an http or https URL");
    if (on.self.owns(made.url))
        refuse_field("url", "format", *body.find("url"), "is on the host's own origin");
    const auto event = protocol::event_named(body.text("event", name_length));
    if (!event) refuse_field("event", "enum", *body.find("event"), "is no event");
    made.event = *event;
    made.name = body.optional_text("name", name_length).value_or("");
    const std::string pattern = body.optional_text("pattern", pattern_length).value_or("");
    try {
        if (!pattern.empty()) made.pattern = std::make_shared<const protocol::pattern>(pattern);
    } catch (const config_error& flaw) {
        refuse_field("pattern", "format", *body.find("pattern"), flaw.what());
    }
    made.is_signed = body.optional_one_of("authentication", {"jwt", "none"}) == "jwt";
    return made;
}

json::object hook_item(const services& on, const place& at, const hook& value) {
    json::object links;
    links["self"] = at.path(on) + "/webhook/" + std::to_string(value.id);
    json::object item;
    item["id"] = value.id;
    if (!value.key.empty()) item["key"] = value.key;
    item["name"] = value.name;
    item["event"] = protocol::to_string(value.event);
    item["pattern"] = value.pattern ? json::value(json::string(value.pattern->text())) : nullptr;
    item["url"] = value.url;
    item["authentication"] = value.is_signed ? "jwt" : "none";
    item["links"] = std::move(links);
    return item;
}

template <class Wanted>
const hook* find_hook(const client& of, const place& at, Wanted is_wanted) {
    const auto found = std::ranges::find_if(of.hooks, [&](const hook& each) {
        return each.is_added && each.room_id == at.room_id() && is_wanted(each);
    });
    return found == of.hooks.end() ? nullptr : &*found;
}

const hook& hook_by_id(const client& of, const place& at, const request& asked) {
    const std::string& id = asked.captured("hook");
    const hook* const found =
        find_hook(of, at, [&](const hook& each) { return std::to_string(each.id) == id; });
    if (found == nullptr) throw refusal(404, "Webhook not found");
    return *found;
}

const hook& hook_by_key(const client& of, const place& at, const request& asked) {
    const std::string& key = asked.captured("key");
    const hook* const found = find_hook(of, at, [&](const hook& each) { return each.key == key; });
    if (found == nullptr) throw refusal(404, "Webhook not found");
    return *found;
}

task<http_response> add_hook(services& on, place at, hook wanted, client_ptr owner) {
    if (owner->hooks.size() >= most_hooks)
        throw refusal(400, "This add-on has 200 webhooks, the most there may be; remove some");
    wanted.room_id = at.room_id();
    task<std::int64_t> adding = on.installed.add_hook(owner->oauth_id, std::move(wanted));
    const std::int64_t id = co_await adding;
    if (id == 0) throw refusal(401, "Invalid OAuth session");
    co_return created(id, at.path(on) + "/webhook/" + std::to_string(id));
}

task<http_response> drop_hook(services& on, client_ptr owner, std::int64_t id) {
    task<> dropping = on.installed.drop_hook(owner->oauth_id, id);
    co_await dropping;
    co_return http_response::no_content();
}

task<http_response> list_hooks(const services& on, const request& asked, place at,
                               client_ptr owner) {
    listing list(page_of(asked));
    for (const hook& each : owner->hooks) {
        if (!each.is_added || each.room_id != at.room_id()) continue;
        if (list.wants_next())
            list.add(hook_item(on, at, each));
        else
            list.skip();
    }
    co_return json_response(200, std::move(list).document(asked, on.self.base_url()));
}

task<http_response> show_hook(const services& on, place at, hook value) {
    json::object document = hook_item(on, at, value);
    document["created"] = write_date(value.created);
    document["creator"] = nullptr;
    if (at.where) document["room"] = room_item(*at.where, on.self.base_url());
    co_return json_response(200, document);
}

place room_place(const services& on, const request& asked, const addon_access& who) {
    return {room_of_addon(who, on, asked)};
}

place wide_place(const addon_access& who) {
    if (who.who()->room_id)
        throw refusal(403, "This add-on is installed into one room; use /v2/room/{room}/extension");
    return {};
}

using find_place = std::function<place(const request&, const addon_access&)>;

void add_keyed(router& to, services& on, const std::string& path, scope needed,
               const find_place& at) {
    to.for_addon("GET", path, {needed}, [&on, at](const request& asked, const addon_access& who) {
        const place where = at(asked, who);
        return show_hook(on, where, hook_by_key(*who.who(), where, asked));
    });
    to.for_addon("PUT", path, {needed}, [&on, at](const request& asked, const addon_access& who) {
        const fields body(asked.object());
        hook wanted = read_hook(on, body);
        wanted.key = asked.captured("key");
        if (wanted.key.size() > key_length.most)
            refuse_field("key", "max_length", json::string(wanted.key), "is too long");
        return add_hook(on, at(asked, who), std::move(wanted), who.who());
    });
    to.for_addon("DELETE", path, {needed},
                 [&on, at](const request& asked, const addon_access& who) {
                     const place where = at(asked, who);
                     return drop_hook(on, who.who(), hook_by_key(*who.who(), where, asked).id);
                 });
}

}  // namespace

void add_webhook_routes(router& to, services& on) {
    const find_place in_room = [&on](const request& asked, const addon_access& who) {
        return room_place(on, asked, who);
    };
    const std::string path = "/v2/room/{room}/webhook";
    to.for_addon("GET", path, {scope::admin_room},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     return list_hooks(on, asked, in_room(asked, who), who.who());
                 });
    to.for_addon("POST", path, {scope::admin_room},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     hook wanted = read_hook(on, fields(asked.object()));
                     return add_hook(on, in_room(asked, who), std::move(wanted), who.who());
                 });
    to.for_addon("GET", path + "/{hook}", {scope::admin_room},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     const place where = in_room(asked, who);
                     return show_hook(on, where, hook_by_id(*who.who(), where, asked));
                 });
    to.for_addon("DELETE", path + "/{hook}", {scope::admin_room},
                 [&on, in_room](const request& asked, const addon_access& who) {
                     const place where = in_room(asked, who);
                     return drop_hook(on, who.who(), hook_by_id(*who.who(), where, asked).id);
                 });
    add_keyed(to, on, "/v2/room/{room}/extension/webhook/{key}", scope::admin_room, in_room);
    add_keyed(to, on, "/v2/extension/webhook/{key}", scope::admin_group,
              [](const request&, const addon_access& who) { return wide_place(who); });
}

}  // namespace hipchat::host
