#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/core/values.hpp"

// From a change to the webhook requests that it causes. Pure.

namespace hipchat::host {

/// The event that a change is to add-ons; empty if it is none.
std::optional<protocol::event_kind> event_of(const change& made);

/// Whether the hook of `owner` wants the change, its pattern aside: the event is its own, the room
/// within its reach, the change newer than its installation, and not a notification that the client
/// itself sent (addon-side.md 5.1).
bool concerns(const change& made, const client& owner, const hook& wanted);

/// What a pattern is searched in.
std::string_view subject_of(const change& made);

/// The request's body (addon-side.md 5).
/// @param base_url  of the host, without a slash at the end
/// @param mentioned whom the message mentions
json::object payload_of(const change& made, const room& where, const client& owner,
                        const hook& wanted, std::string_view base_url,
                        const std::vector<person>& mentioned);

/// The person who acted, as the protocol names them in tokens; empty if it was nobody.
std::string user_of(const change& made);

/// A message or notification as events and histories have it (addon-side.md 5.3).
/// @param mentioned whom a message mentions
json::object message_item(const change& said, std::string_view base_url,
                          const std::vector<person>& mentioned);

/// A room as events and lists have it (addon-side.md 5.3).
json::object room_item(const room& value, std::string_view base_url);

}  // namespace hipchat::host
