#include "host/core/payload.hpp"

#include <utility>

namespace hipchat::host {
namespace {

using protocol::event_kind;

std::string_view text_at(const json::object& content, std::string_view name) {
    const json::value* const found = content.if_contains(name);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

json::object user_item(const json::object& who, std::string_view base_url) {
    const std::int64_t id = who.at("id").to_number<std::int64_t>();
    return {{"id", id},
            {"name", who.at("name")},
            {"mention_name", who.at("mention_name")},
            {"version", "00000000"},
            {"links", {{"self", std::string(base_url) + "/v2/user/" + std::to_string(id)}}}};
}

// What others see of HTML is what pages see of it.
json::object notification_item(const change& made) {
    const json::object& content = made.content;
    const json::value* const html = content.if_contains("html");
    return {{"id", content.at("id")},
            {"date", content.at("at")},
            {"from", content.at("from")},
            {"message", html != nullptr ? *html : content.at("text")},
            {"message_format", content.at("format")},
            {"color", content.at("color")},
            {"mentions", json::array()},
            {"type", "notification"},
            {"notification_sender",
             {{"type", "addon"}, {"id", content.at("addon_key")}, {"client_id", made.actor}}}};
}

// A message of a person.
json::object typed_item(const change& made, std::string_view base_url,
                        const std::vector<person>& mentioned) {
    json::array mentions;
    for (const person& each : mentioned)
        mentions.push_back(user_item(to_json(each), base_url));
    return {{"id", made.content.at("id")},
            {"date", made.content.at("at")},
            {"from", user_item(made.content.at("person").as_object(), base_url)},
            {"message", made.content.at("text")},
            {"mentions", std::move(mentions)},
            {"type", "message"}};
}

// In the feed a file has a path on this host.
json::object file_item(json::object file, std::string_view base_url) {
    const std::string url(file.at("url").as_string());
    if (url.starts_with('/')) file["url"] = std::string(base_url) + url;
    return file;
}

// A person, or the add-on that did it; null: the host itself.
json::value sender_item(const change& made, std::string_view base_url) {
    const json::value* const who = made.content.if_contains("person");
    if (who != nullptr && who->is_object()) return user_item(who->get_object(), base_url);
    const json::value* const client = made.content.if_contains("client");
    if (client == nullptr || !client->is_object()) return nullptr;
    json::object item = client->get_object();
    item["links"].emplace_object()["self"] =
        std::string(base_url) + "/v2/oauth/client/" + made.actor;
    return item;
}

}  // namespace

json::object payload_of(const change& made, const room& where, const client& owner,
                        const hook& wanted, std::string_view base_url,
                        const std::vector<person>& mentioned) {
    json::object item{{"room", room_item(where, base_url)}};
    switch (wanted.event) {
        case event_kind::room_message:
        case event_kind::room_notification:
            item["message"] = message_item(made, base_url, mentioned);
            break;
        case event_kind::room_topic_change:
            item["topic"] = made.content.at("topic");
            item["sender"] = sender_item(made, base_url);
            break;
        case event_kind::room_file_upload:
            item["file"] = file_item(made.content.at("file").as_object(), base_url);
            item["sender"] = sender_item(made, base_url);
            break;
        default:
            item["sender"] = sender_item(made, base_url);
    }
    return {{"event", protocol::to_string(wanted.event)},
            {"item", std::move(item)},
            {"oauth_client_id", owner.oauth_id},
            {"webhook_id", wanted.id}};
}

json::object message_item(const change& said, std::string_view base_url,
                          const std::vector<person>& mentioned) {
    const bool is_typed = text_at(said.content, "kind") == "message";
    json::object item = is_typed ? typed_item(said, base_url, mentioned) : notification_item(said);
    if (const json::value* const file = said.content.if_contains("file"))
        item["file"] = file_item(file->as_object(), base_url);
    for (const char* const attached : {"card", "attach_to"})
        if (const json::value* const found = said.content.if_contains(attached))
            item[attached] = *found;
    return item;
}

json::object room_item(const room& value, std::string_view base_url) {
    const std::string self = std::string(base_url) + "/v2/room/" + std::to_string(value.id);
    return {{"id", value.id},
            {"name", value.name},
            {"privacy", value.privacy},
            {"is_archived", value.is_archived},
            {"version", "00000000"},
            {"links",
             {{"self", self},
              {"webhooks", self + "/webhook"},
              {"participants", self + "/participant"},
              {"members", self + "/member"}}}};
}

room room_in(const json::object& content) {
    const json::object& from = content.at("room").as_object();
    room made;
    made.id = from.at("id").to_number<std::int64_t>();
    made.name = from.at("name").as_string();
    made.topic = from.at("topic").as_string();
    made.privacy = from.at("privacy").as_string();
    made.is_archived = from.at("is_archived").as_bool();
    return made;
}

}  // namespace hipchat::host
