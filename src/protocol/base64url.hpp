#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// RFC 4648 section 5 without padding.
std::string base64url_encode(std::string_view bytes);

/// Strict inverse: no padding, no white space, no bits left over; empty if `text` is anything else.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace hipchat::protocol
