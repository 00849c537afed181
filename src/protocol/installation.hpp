#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"

namespace hipchat::protocol {

/// The body of an install or update request (addon-side.md 2.2, 2.5).
struct installation {
    std::string oauth_id = {};                ///< 1 to 100 characters of A-Z a-z 0-9 - _ .
    std::optional<secret> oauth_secret = {};  ///< absent in an update
    std::string capabilities_url = {};
    std::optional<std::int64_t> group_id = {};
    std::optional<std::int64_t> room_id = {};  ///< absent: installed for the whole group
};

/// Throws protocol_error naming the member. Ids are accepted as numbers or as digits in text, a
/// null roomId counts as absent; a secret has 1 to 200 characters.
installation parse_installation(std::string_view text);

json::object write_installation(const installation& value);

}  // namespace hipchat::protocol
