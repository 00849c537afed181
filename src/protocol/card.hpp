#pragma once

#include <string>

#include "hipchat/card.hpp"
#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// A card as a notification carries it (addon-side.md 8.2).
/// @param path of the card in what is sent, for the error
/// Throws config_error naming the field when a limit is exceeded.
json::object write_card(const card& value, const std::string& path);

}  // namespace hipchat::protocol
