#include "protocol/room_parts.hpp"

#include <array>
#include <utility>

#include "protocol/date.hpp"
#include "protocol/event.hpp"
#include "protocol/message.hpp"

namespace hipchat::protocol {
namespace {

const json::object* object_in(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

std::optional<std::int64_t> number_in(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value == nullptr ? std::nullopt : read_id(*value);
}

std::string self_of(const json::object& from) {
    const json::object* links = object_in(from, "links");
    return links == nullptr ? std::string() : text_in(*links, "self");
}

message_type read_type(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, message_type>, 4> types{{
        {"message", message_type::message},
        {"notification", message_type::notification},
        {"guest_access", message_type::guest_access},
        {"topic", message_type::topic},
    }};
    for (const auto& [known, type] : types)
        if (known == name) return type;
    return message_type::unknown;
}

std::optional<message_format> read_format(std::string_view name) {
    if (name == "html") return message_format::html;
    if (name == "text") return message_format::text;
    return std::nullopt;
}

image_preview read_image(const json::object& from) {
    return {text_in(from, "image"), text_in(from, "name")};
}

link_preview read_link(const json::object& from) {
    return {text_in(from, "title"),    text_in(from, "description"), text_in(from, "headerText"),
            text_in(from, "linkText"), text_in(from, "faviconUrl"),  text_in(from, "fullUrl")};
}

video_preview read_video(const json::object& from) {
    return {text_in(from, "title"), text_in(from, "author"), text_in(from, "thumbnailUrl"),
            number_in(from, "views").value_or(0)};
}

twitter_status_preview read_twitter_status(const json::object& from) {
    return {text_in(from, "name"),   text_in(from, "screenName"),
            text_in(from, "text"),   text_in(from, "created"),
            text_in(from, "source"), text_in(from, "profileImageUrl")};
}

twitter_user_preview read_twitter_user(const json::object& from) {
    return {text_in(from, "name"), text_in(from, "screenName"),
            number_in(from, "followers").value_or(0), text_in(from, "profileImageUrl")};
}

message_link read_message_link(const json::object& from) {
    message_link link;
    link.type = text_in(from, "type");
    link.url = text_in(from, "url");
    const json::object* preview = object_in(from, link.type);
    if (preview == nullptr) return link;
    if (link.type == "image") link.preview = read_image(*preview);
    if (link.type == "link") link.preview = read_link(*preview);
    if (link.type == "video") link.preview = read_video(*preview);
    if (link.type == "twitter_status") link.preview = read_twitter_status(*preview);
    if (link.type == "twitter_user") link.preview = read_twitter_user(*preview);
    return link;
}

// The objects of an array member, one after the other.
template <class Read>
auto read_list(const json::object& from, std::string_view name, Read read) {
    std::vector<decltype(read(from))> result;
    const json::value* value = from.if_contains(name);
    const json::array* elements = value == nullptr ? nullptr : value->if_array();
    if (elements == nullptr) return result;
    result.reserve(elements->size());
    for (const json::value& element : *elements)
        if (const json::object* object = element.if_object()) result.push_back(read(*object));
    return result;
}

void read_author(const json::object& from, message& to) {
    if (const json::object* who = object_in(from, "from")) {
        to.from = read_person(*who);
        to.from_name = to.from->name();
    } else {
        to.from_name = text_in(from, "from");
    }
}

}  // namespace

std::string text_in(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

person read_person(const json::object& from) {
    person who(number_in(from, "id").value_or(0), text_in(from, "name"),
               text_in(from, "mention_name"));
    who.with_version(text_in(from, "version"), self_of(from));
    return who;
}

person person_named(std::string_view name) {
    return {0, std::string(name), ""};
}

std::optional<client> read_client(const json::object& from) {
    const json::value* scopes = from.if_contains("allowed_scopes");
    const bool has_name_for_id = !text_in(from, "id").empty() && !number_in(from, "id");
    if (!has_name_for_id && scopes == nullptr) return std::nullopt;
    client made;
    made.id = text_in(from, "id");
    made.name = text_in(from, "name");
    made.self = self_of(from);
    const json::object* room = object_in(from, "room");
    made.room_id = room != nullptr ? number_in(*room, "id") : number_in(from, "room");
    if (scopes == nullptr || !scopes->is_array()) return made;
    for (const json::value& name : scopes->get_array())
        if (const json::string* text = name.if_string())
            if (const auto known = scope_named(*text)) made.allowed_scopes.push_back(*known);
    return made;
}

room_facts read_room_facts(const json::object& room) {
    room_facts facts;
    const std::string privacy = text_in(room, "privacy");
    if (privacy == "public") facts.privacy = room_privacy::public_room;
    if (privacy == "private") facts.privacy = room_privacy::private_room;
    const json::value* archived = room.if_contains("is_archived");
    if (archived != nullptr && archived->is_bool()) facts.is_archived = archived->get_bool();
    facts.version = text_in(room, "version");
    if (const json::object* links = object_in(room, "links")) {
        facts.self = text_in(*links, "self");
        facts.webhooks = text_in(*links, "webhooks");
        facts.participants = text_in(*links, "participants");
        facts.members = text_in(*links, "members");
    }
    return facts;
}

file read_file(const json::object& from) {
    return {text_in(from, "name"), number_in(from, "size").value_or(0), text_in(from, "url"),
            text_in(from, "thumb_url")};
}

message read_message(const json::object& from) {
    message made;
    made.id = text_in(from, "id");
    made.date = read_date(text_in(from, "date"));
    made.type = read_type(text_in(from, "type"));
    made.text = text_in(from, "message");
    read_author(from, made);
    made.mentions = read_list(from, "mentions", read_person);
    if (const json::object* sent = object_in(from, "file")) made.file = read_file(*sent);
    made.links = read_list(from, "message_links", read_message_link);
    made.color = color_named(text_in(from, "color"));
    made.format = read_format(text_in(from, "message_format"));
    if (const json::object* sender = object_in(from, "notification_sender"))
        made.addon = notification_sender{text_in(*sender, "id"), text_in(*sender, "client_id")};
    return made;
}

}  // namespace hipchat::protocol
