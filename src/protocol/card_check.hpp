#pragma once

#include <optional>

#include "hipchat/json.hpp"
#include "protocol/api_error.hpp"

namespace hipchat::protocol {

/// What is wrong with a card that a client sent (addon-side.md 8.2); empty if nothing is. Members
/// that the protocol does not know are allowed, but in attributes and in the activity. The failure
/// names its field by its path, for example "card.attributes[2].value.style".
std::optional<validation_failure> check_card(const json::value& card);

}  // namespace hipchat::protocol
