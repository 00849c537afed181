#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "hipchat/message.hpp"
#include "hipchat/person.hpp"
#include "hipchat/room.hpp"

// The objects that events and REST answers share (addon-side.md 5.3, 5.4), read leniently: a member
// that is missing or has another type is left empty, numbers may come as text.

namespace hipchat::protocol {

/// A user object.
person read_person(const json::object& from);
/// The author of a message that is a bare name.
person person_named(std::string_view name);

/// A sender object if it is an add-on's: its id is not a number, or it has allowed_scopes.
std::optional<client> read_client(const json::object& from);

room_facts read_room_facts(const json::object& room);
file read_file(const json::object& from);
message read_message(const json::object& from);

/// The text of a member; empty if it is absent or no text.
std::string text_in(const json::object& from, std::string_view name);

}  // namespace hipchat::protocol
