#include "addon/rest/shapes.hpp"

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"

namespace hipchat::rest {

std::string text_in(const protocol::members& from, std::string_view name) {
    const json::value* value = from.find(name);
    if (value == nullptr) return {};
    if (const json::string* text = value->if_string()) return {text->data(), text->size()};
    return value->is_number() ? json::serialize(*value) : std::string();
}

bool flag_in(const protocol::members& from, std::string_view name) {
    const json::value* value = from.find(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::int64_t number_in(const protocol::members& from, std::string_view name) {
    const json::value* value = from.find(name);
    const std::int64_t* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr ? 0 : *number;
}

std::vector<std::string> texts_in(const protocol::members& from, std::string_view name) {
    std::vector<std::string> found;
    const json::value* value = from.find(name);
    if (value == nullptr || !value->is_array()) return found;
    for (const json::value& one : value->get_array())
        if (const json::string* text = one.if_string())
            found.emplace_back(text->data(), text->size());
    return found;
}

std::optional<protocol::members> object_in(const protocol::members& from, std::string_view name) {
    const json::value* value = from.find(name);
    if (value == nullptr || !value->is_object()) return std::nullopt;
    return from.inner(name);
}

std::int64_t required_id(const protocol::members& from) {
    const std::optional<std::int64_t> id = from.id("id");
    if (!id) throw protocol_error(from.path_of("id"), "is missing; the host should send one");
    return *id;
}

resource read_resource(const protocol::members& from) {
    return {std::make_shared<const json::object>(from.object())};
}

created read_created(const protocol::members& from) {
    created made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    if (const auto links = object_in(from, "links")) made.self = text_in(*links, "self");
    return made;
}

user_summary read_user_summary(const protocol::members& from) {
    user_summary made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    made.name = text_in(from, "name");
    made.mention_name = text_in(from, "mention_name");
    made.version = text_in(from, "version");
    return made;
}

participant read_participant(const protocol::members& from) {
    participant made;
    static_cast<user_summary&>(made) = read_user_summary(from);
    made.room_roles = texts_in(from, "room_roles");
    return made;
}

room_summary read_room_summary(const protocol::members& from) {
    room_summary made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = required_id(from);
    made.name = text_in(from, "name");
    made.privacy = text_in(from, "privacy");
    made.is_archived = flag_in(from, "is_archived");
    made.version = text_in(from, "version");
    return made;
}

}  // namespace hipchat::rest
