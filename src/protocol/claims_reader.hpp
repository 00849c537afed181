#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "protocol/jwt.hpp"

namespace hipchat::protocol {

/// What a token's claims say before anybody vouches for them.
struct unverified_claims {
    jwt_claims claims = {};
    std::optional<std::chrono::seconds> not_before = {};  ///< `nbf`, since 1970
};

/// Reads the claims object without building a document, since this is done for every request.
/// Empty unless it is one JSON object with a text `iss`, at most 64 members in all of which none is
/// repeated, and claims of the types that jwt_claims needs. Dates may have a fraction, which is
/// cut off, and end with the year 9999.
std::optional<unverified_claims> read_claims(std::string_view json);

}  // namespace hipchat::protocol
