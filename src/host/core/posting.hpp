#pragma once

#include <optional>
#include <variant>

#include "hipchat/json.hpp"
#include "hipchat/notification.hpp"
#include "protocol/api_error.hpp"

namespace hipchat::host {

/// What an add-on puts into a room (addon-side.md 8): a notification, and the card that came with
/// it, as protocol::check_card accepts it.
struct posting {
    notification what;
    std::optional<json::object> card = {};
};

/// Reads the body of a notification, or of the answer to a webhook.
std::variant<posting, protocol::validation_failure> read_posting(const json::value& body);

}  // namespace hipchat::host
