#pragma once

#include <optional>
#include <string>

#include "host/core/payload.hpp"
#include "host/core/values.hpp"

// From a change to the webhook requests that it causes. Pure.

namespace hipchat::host {

/// Whether a change is that event to add-ons. Sharing a file is two: a message and the file.
bool tells_of(const change& made, protocol::event_kind event);

/// Whether a change is any event.
bool is_told(const change& made);

/// Whether the hook of `owner` wants the change, its pattern aside: the event is its own, the room
/// within its reach, the change newer than it, and not what the client itself did (addon-side.md
/// 5.1).
bool concerns(const change& made, const client& owner, const hook& wanted);

/// What a pattern is searched in: the text of a message (addon-side.md 5.2). Empty: patterns do not
/// matter to this change.
std::optional<std::string_view> subject_of(const change& made);

/// The person who acted, as the protocol names them in tokens; empty if it was nobody.
std::string user_of(const change& made);

}  // namespace hipchat::host
