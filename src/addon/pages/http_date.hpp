#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hipchat::addons {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
std::string http_date(std::chrono::seconds unix_time);

/// The same back; empty for anything else, the two obsolete spellings included.
std::optional<std::chrono::seconds> read_http_date(std::string_view text);

}  // namespace hipchat::addons
