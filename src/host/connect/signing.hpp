#pragma once

#include <chrono>

#include "host/core/values.hpp"
#include "transport/http_client.hpp"

namespace hipchat::host {

/// The request of a delivery: headers Content-Type, User-Agent (the client's) and, if the hook is
/// signed, Authorization: JWT (addon-side.md 4.1, 5.1). Nothing else: a delivery must never carry
/// what its receiver is not meant to have.
/// @param now seconds since 1970
transport::http_call webhook_call(const delivery& due, const client& to, const hook& at,
                                  std::chrono::seconds now, std::chrono::milliseconds timeout);

}  // namespace hipchat::host
