#pragma once

#include <string_view>

namespace hipchat::protocol {

/// The reason phrase of a status of HTTP (RFC 9110 15); "Unknown" for one without.
std::string_view reason_phrase(int status) noexcept;

}  // namespace hipchat::protocol
