#include "hipchat/rest/webhooks.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/module_object.hpp"
#include "addon/rest/shapes.hpp"

namespace hipchat::rest {
namespace {

webhook_summary read_webhook(const protocol::members& from) {
    webhook_summary made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    made.key = text_in(from, "key");
    made.name = text_in(from, "name");
    made.event = text_in(from, "event");
    made.pattern = text_in(from, "pattern");
    made.url = text_in(from, "url");
    if (const auto links = object_in(from, "links")) made.self = text_in(*links, "self");
    return made;
}

webhook_details read_webhook_details(const protocol::members& from) {
    webhook_details made;
    static_cast<webhook_summary&>(made) = read_webhook(from);
    if (const auto room = object_in(from, "room")) made.room = read_room_summary(*room);
    if (const auto creator = object_in(from, "creator")) made.creator = read_user_summary(*creator);
    made.created = text_in(from, "created");
    return made;
}

json::object write(const new_webhook& what, const detail::rest_core& core) {
    hipchat::webhook module;
    module.event = what.event();
    module.url = what.url();
    module.pattern = what.pattern();
    module.name = what.name();
    resolve_url(module.url, core);
    descriptor all = bare_descriptor();
    all.webhooks.push_back(std::move(module));
    json::object body = write_module(all, "webhook");
    body.erase("authentication");  // this form has none
    return body;
}

rest_request ask_about(const room_ref& where, std::string method, std::int64_t id) {
    return ask_in(where, std::move(method), "/webhook/" + std::to_string(id), {scope::admin_room});
}

}  // namespace

paged<webhook_summary> webhooks::list(room_ref where) const {
    return list_of<read_webhook>(host_.core(),
                                 ask_in(where, "GET", "/webhook", {scope::admin_room}));
}

task<created> webhooks::create(room_ref where, new_webhook what) const {
    const json::object body = write(what, *host_.core());
    return fetch_as<read_created>(host_.core(),
                                  ask_in(where, "POST", "/webhook", {scope::admin_room}, body));
}

task<webhook_details> webhooks::get(room_ref where, std::int64_t id) const {
    return fetch_as<read_webhook_details>(host_.core(), ask_about(where, "GET", id));
}

task<> webhooks::remove(room_ref where, std::int64_t id) const {
    return perform(host_.core(), ask_about(where, "DELETE", id));
}

}  // namespace hipchat::rest
