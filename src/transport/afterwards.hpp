#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "hipchat/task.hpp"
#include "transport/http_server_impl.hpp"

namespace hipchat::transport {

/// Starts `work`, counts it as work of `server` until it ends, and logs what it throws.
void start_afterwards(std::shared_ptr<http_server::impl> server, std::function<task<>()> work);

/// What the log says of `failure`, which is not null.
std::string describe(const std::exception_ptr& failure);

}  // namespace hipchat::transport
