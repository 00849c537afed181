#include "host/api/v2/rest.hpp"
#include "host/core/modules.hpp"
#include "protocol/html.hpp"

// Glance pushes (addon-side.md 6.3).

namespace hipchat::host {
namespace {

constexpr text_length label_length{1, 1000};
constexpr text_length lozenge_length{1, 20};
constexpr text_length url_length{1, 2000};
constexpr text_length key_length{1, 40};
constexpr std::size_t most_glances = 100;

json::object read_status(const json::object& sent) {
    const fields status(sent);
    const std::string type = status.one_of("type", {"lozenge", "icon"});
    const auto value = status.optional_object("value");
    if (!value) refuse_field("status.value", "required", nullptr, "is required");
    const fields inner(*value);
    if (type == "lozenge") {
        inner.text("label", lozenge_length);
        inner.one_of("type",
                     {"default", "success", "error", "current", "new", "moved", "complete"});
    } else {
        inner.text("url", url_length);
    }
    return sent;
}

// What is shown of a glance, its label clean of everything but the few elements it may have.
json::object read_content(const json::object& sent) {
    const fields content(sent);
    const auto label = content.optional_object("label");
    if (!label) refuse_field("label", "required", nullptr, "is required");
    const fields text(*label);
    text.one_of("type", {"html"});
    json::object read;
    json::object& shown = read["label"].emplace_object();
    shown["type"] = "html";
    shown["value"] = protocol::sanitize_html(text.text("value", label_length));
    if (const auto status = content.optional_object("status"))
        read["status"] = read_status(*status);
    if (const auto metadata = content.optional_object("metadata")) read["metadata"] = *metadata;
    return read;
}

bool has_glance(const client& who, std::int64_t room_id, const std::string& key) {
    const descriptor all = described_in(who, room_id);
    return std::ranges::find(all.glances, key, &glance_module::key) != all.glances.end();
}

std::vector<pushed_glance> read_push(const request& asked, const client& who, std::int64_t room_id,
                                     std::int64_t person_id) {
    const json::object body = asked.object();
    const json::value* const listed = body.if_contains("glance");
    if (listed == nullptr || !listed->is_array() || listed->get_array().empty()
        || listed->get_array().size() > most_glances)
        refuse_field("glance", "type", listed == nullptr ? nullptr : *listed,
                     "must be a list of 1 to 100 glances");
    std::vector<pushed_glance> pushed;
    for (const json::value& each : listed->get_array()) {
        if (!each.is_object()) refuse_field("glance", "type", each, "is not of type object");
        const fields glance(each.get_object());
        std::string key = glance.text("key", key_length);
        if (!has_glance(who, room_id, key))
            refuse_field("key", "exists", json::string(key), "is no glance of this add-on");
        const auto content = glance.optional_object("content");
        if (!content) refuse_field("content", "required", nullptr, "is required");
        pushed.push_back(
            {who.oauth_id, room_id, person_id, std::move(key), read_content(*content)});
    }
    return pushed;
}

task<http_response> push(services& on, const request& asked, const addon_access& who, bool in_room,
                         bool for_user) {
    std::int64_t room_id = 0;
    if (in_room)
        room_id = room_of_addon(who, on, asked)->id;
    else if (who.who()->room_id)
        room_id = *who.who()->room_id;  // it reaches no further
    const std::int64_t person_id = for_user ? user_for(on, asked).id : 0;
    task<> putting = on.glances.put(read_push(asked, *who.who(), room_id, person_id));
    co_await putting;
    co_return http_response::no_content();
}

}  // namespace

void add_glance_routes(router& to, services& on) {
    struct audience {
        const char* path;
        scope needed;
        bool in_room;
        bool for_user;
    };
    for (const audience& each :
         {audience{"/v2/addon/ui", scope::view_group, false, false},
          audience{"/v2/addon/ui/room/{room}", scope::view_room, true, false},
          audience{"/v2/addon/ui/user/{user}", scope::view_group, false, true},
          audience{"/v2/addon/ui/room/{room}/user/{user}", scope::view_room, true, true}})
        to.for_addon("POST", each.path, {each.needed},
                     [&on, each](const request& asked, const addon_access& who) {
                         return push(on, asked, who, each.in_room, each.for_user);
                     });
}

}  // namespace hipchat::host
