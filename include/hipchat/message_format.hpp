#pragma once

namespace hipchat {

/// How a message or description is read: as text, or as HTML of the protocol's subset.
enum class message_format { text, html };

}  // namespace hipchat
