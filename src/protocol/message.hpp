#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "hipchat/json.hpp"
#include "hipchat/notification.hpp"
#include "protocol/api_error.hpp"

namespace hipchat::protocol {

/// The body of POST room/{id}/notification (addon-side.md 8.1).
/// Throws config_error naming the field when a limit is exceeded.
json::object write_notification(const notification& value);

/// Reads such a body as a host does: message_format defaults to html, colour to yellow, notify may
/// be text, unknown members are ignored. The `card` member is not looked at here.
std::variant<notification, validation_failure> read_notification(const json::value& body);

std::string_view to_string(color value) noexcept;

/// The colour of that name; empty if there is none.
std::optional<color> color_named(std::string_view name) noexcept;

}  // namespace hipchat::protocol
