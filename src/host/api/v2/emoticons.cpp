#include "host/core/emoticons.hpp"

#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

json::object emoticon_item(const services& on, const emoticon& value) {
    const std::string& base = on.self.base_url();
    json::object item;
    item["id"] = value.id;
    item["shortcut"] = value.shortcut;
    item["url"] = base + "/assets/emoticons/" + std::string(value.shortcut) + ".svg";
    item["links"].emplace_object()["self"] = base + "/v2/emoticon/" + std::to_string(value.id);
    return item;
}

// All of them are global: the group has none of its own.
bool wants_global(const request& asked) {
    const std::string type = asked.parameter("type").value_or("all");
    if (type != "all" && type != "global" && type != "group")
        refuse_field("type", "enum", json::string(type), "must be 'global', 'group' or 'all'");
    return type != "group";
}

task<json::object> get_emoticons(const services& on, const request& asked) {
    listing list(page_of(asked));
    if (wants_global(asked)) {
        for (const emoticon& each : emoticons()) {
            if (list.wants_next())
                list.add(emoticon_item(on, each));
            else
                list.skip();
        }
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

task<json::object> get_emoticon(const services& on, const request& asked) {
    const emoticon* const found = find_emoticon(asked.captured("emoticon"));
    if (found == nullptr) throw refusal(404, "Emoticon not found");
    json::object document = emoticon_item(on, *found);
    document["width"] = emoticon_size;
    document["height"] = emoticon_size;
    document["audio_path"] = nullptr;
    document["creator"] = nullptr;
    co_return document;
}

}  // namespace

void add_emoticon_routes(rest_routes to, services& on) {
    to.shown.add("/v2/emoticon", {scope::view_group},
                 [&on](const request& asked, const access&) { return get_emoticons(on, asked); });
    to.shown.add("/v2/emoticon/{emoticon}", {scope::view_group},
                 [&on](const request& asked, const access&) { return get_emoticon(on, asked); });
}

}  // namespace hipchat::host
