#pragma once

#include <array>
#include <string_view>

namespace hipchat::protocol {

using sha256_digest = std::array<unsigned char, 32>;

sha256_digest sha256(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104). Safe from every thread; a thread keeps one context of its own.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace hipchat::protocol
