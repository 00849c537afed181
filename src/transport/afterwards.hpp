#pragma once

#include <functional>
#include <memory>

#include "hipchat/task.hpp"
#include "transport/http_server_impl.hpp"

namespace hipchat::transport {

/// Starts `work`, counts it as work of `server` until it ends, and logs what it throws.
void start_afterwards(std::shared_ptr<http_server::impl> server, std::function<task<>()> work);

}  // namespace hipchat::transport
