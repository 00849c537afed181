#include "protocol/event.hpp"

#include <utility>

#include "hipchat/errors.hpp"
#include "protocol/id.hpp"

namespace hipchat::protocol {
namespace {

struct known_event {
    std::string_view name;
    event_kind kind;
};

// In the order of event_kind.
constexpr std::array<known_event, 10> known_events = {{
    {"room_archived", event_kind::room_archived},
    {"room_created", event_kind::room_created},
    {"room_deleted", event_kind::room_deleted},
    {"room_enter", event_kind::room_enter},
    {"room_exit", event_kind::room_exit},
    {"room_file_upload", event_kind::room_file_upload},
    {"room_message", event_kind::room_message},
    {"room_notification", event_kind::room_notification},
    {"room_topic_change", event_kind::room_topic_change},
    {"room_unarchived", event_kind::room_unarchived},
}};

[[noreturn]] void refuse(const char* field, const char* reason) {
    throw protocol_error(field, std::string(reason) + "; send the payload of addon-side.md 5.4");
}

const json::object& require_object(const json::object& from, json::string_view name,
                                   const char* field) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) refuse(field, "is missing");
    const json::object* object = value->if_object();
    if (object == nullptr) refuse(field, "must be an object");
    return *object;
}

std::string_view require_text(const json::object& from, json::string_view name, const char* field) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) refuse(field, "is missing");
    const json::string* text = value->if_string();
    if (text == nullptr) refuse(field, "must be a text");
    return *text;
}

void check_optional_text(const json::object& from, json::string_view name, const char* field) {
    const json::value* value = from.if_contains(name);
    if (value != nullptr && !value->is_string() && !value->is_null())
        refuse(field, "must be a text");
}

std::string_view text_or_nothing(const json::object& from, json::string_view name) {
    const json::value* value = from.if_contains(name);
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool about_message(event_kind kind) {
    return kind == event_kind::room_message || kind == event_kind::room_notification;
}

// The sender; null when the host itself acted.
const json::object* read_sender(const json::object& item) {
    const json::value* sender = item.if_contains("sender");
    if (sender == nullptr) refuse("item.sender", "is missing");
    if (!sender->is_object() && !sender->is_null()) refuse("item.sender", "must be an object");
    return sender->if_object();
}

// The author of a message; null when it is only a name, or nobody.
const json::object* read_author(const json::object& message) {
    const json::value* from = message.if_contains("from");
    if (from == nullptr) return nullptr;
    if (!from->is_object() && !from->is_string() && !from->is_null())
        refuse("item.message.from", "must be an object or a text");
    return from->if_object();
}

}  // namespace

std::string_view to_string(event_kind kind) noexcept {
    return known_events[static_cast<std::size_t>(kind)].name;
}

std::optional<event_kind> event_named(std::string_view name) noexcept {
    for (const known_event& known : known_events)
        if (known.name == name) return known.kind;
    return std::nullopt;
}

event::event(json::value payload) : payload_(std::move(payload)) {
    if (!payload_.is_object()) throw protocol_error("", "the payload must be a JSON object");
    const json::object& envelope = payload_.get_object();
    const std::optional<event_kind> kind = event_named(require_text(envelope, "event", "event"));
    if (!kind) refuse("event", "is not one of the ten events");
    kind_ = *kind;
    check_optional_text(envelope, "oauth_client_id", "oauth_client_id");
    item_ = &require_object(envelope, "item", "item");
    const json::object& room = require_object(*item_, "room", "item.room");
    const json::value* id = room.if_contains("id");
    const std::optional<std::int64_t> room_id = id == nullptr ? std::nullopt : read_id(*id);
    if (!room_id) refuse("item.room.id", "must be a number, or digits in a text");
    room_id_ = *room_id;
    check_optional_text(room, "name", "item.room.name");
    if (about_message(kind_)) {
        message_ = &require_object(*item_, "message", "item.message");
        require_text(*message_, "message", "item.message.message");
        person_ = read_author(*message_);
    } else {
        person_ = read_sender(*item_);
    }
}

std::string_view event::room_name() const {
    return text_or_nothing(item_->at("room").get_object(), "name");
}

std::string_view event::message_text() const {
    return message_ == nullptr ? std::string_view() : text_or_nothing(*message_, "message");
}

std::string_view event::oauth_client_id() const {
    return text_or_nothing(payload(), "oauth_client_id");
}

std::optional<std::int64_t> read_id(const json::value& value) noexcept {
    if (const std::int64_t* whole = value.if_int64()) return id_of(*whole);
    if (const double* real = value.if_double()) return id_of(*real);
    if (const json::string* text = value.if_string()) return id_of(std::string_view(*text));
    return std::nullopt;
}

}  // namespace hipchat::protocol
