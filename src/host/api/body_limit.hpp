#pragma once

#include <cstddef>

#include "host/api/gate.hpp"

namespace hipchat::host {

/// How many bytes a shared file may have (host-side.md 4).
inline constexpr std::size_t most_file_bytes = std::size_t{50} * 1024 * 1024;

/// Memory of all requests that are being received: enough for two files at a time in base64.
inline constexpr std::size_t most_receiving = std::size_t{160} * 1024 * 1024;

/// How long the body of a request may be: a MiB, or a file for somebody at the host's pages, or one
/// in base64 for who shares it with a token that may send messages. Does not throw.
std::size_t body_limit_of(const transport::http_request& head, const gate& checks) noexcept;

}  // namespace hipchat::host
