#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"

// Webhook payloads (addon-side.md 5):
//
//   {"event": name, "item": {"room": {...}, "sender": {...} | "message": {...}, ...},
//    "oauth_client_id": text, "webhook_id": number}

namespace hipchat::protocol {

enum class event_kind {
    room_archived,
    room_created,
    room_deleted,
    room_enter,
    room_exit,
    room_file_upload,
    room_message,
    room_notification,
    room_topic_change,
    room_unarchived,
};

std::string_view to_string(event_kind kind) noexcept;
std::optional<event_kind> event_named(std::string_view name) noexcept;

/// A payload that has the shape its event needs; everything in it is kept.
class event {
public:
    /// Takes a parsed payload. Throws protocol_error naming the member that is missing or has the
    /// wrong type: event, item, item.room.id, and item.sender or item.message as the event has it.
    /// Numeric ids may come as text; webhook_id, links, version and oauth_client_id may be absent.
    /// Nothing is copied: the memory stays where the payload was parsed, and must outlive the
    /// event.
    explicit event(json::value payload);
    event(event&&) noexcept = default;
    event(const event&) = delete;
    event& operator=(const event&) = delete;
    event& operator=(event&&) = delete;
    ~event() = default;

    event_kind kind() const noexcept { return kind_; }
    const json::object& payload() const { return payload_.get_object(); }
    const json::object& item() const noexcept { return *item_; }

    std::int64_t room_id() const noexcept { return room_id_; }
    std::string_view room_name() const;
    /// Who acted: `sender`, or `message.from` when it is an object; null if that is a text or null.
    const json::object* person() const noexcept { return person_; }
    const json::object& room() const { return item_->at("room").get_object(); }
    /// The message; null if the event has none.
    const json::object* message() const noexcept { return message_; }
    /// Text of the message; empty if the event has none.
    std::string_view message_text() const;
    /// Empty if absent.
    std::string_view oauth_client_id() const;

private:
    json::value payload_;
    // Objects inside payload_: they stay where they are when the event moves.
    const json::object* item_ = nullptr;
    const json::object* message_ = nullptr;
    const json::object* person_ = nullptr;
    std::int64_t room_id_ = 0;
    event_kind kind_ = event_kind::room_enter;
};

/// An id that may be a whole number or digits in text, at least 0; empty if it is neither.
std::optional<std::int64_t> read_id(const json::value& value) noexcept;

}  // namespace hipchat::protocol
