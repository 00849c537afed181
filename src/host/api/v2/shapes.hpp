#pragma once

#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "host/api/services.hpp"
#include "host/core/messages.hpp"

// What the REST API shows of things (host-side.md 5).

namespace hipchat::host {

/// A person in a list.
json::object person_item(const person& value, const std::string& base_url);
/// The whole of a person.
json::object person_document(const services& on, const person& value);

/// The whole of a room.
/// @param activity what was said there
json::object room_document(const services& on, const room& value, const room_activity& activity);

/// A message or notification of a history. The text of one that was deleted is null.
json::object message_document(const services& on, const change& said);

/// The part of a JID that stands for a name: letters and digits in lower case, '_' for blanks
/// (host-side.md 10).
std::string jid_slug(std::string_view name);

}  // namespace hipchat::host
