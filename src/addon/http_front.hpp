#pragma once

#include "addon/dispatch.hpp"
#include "base/log.hpp"
#include "transport/http.hpp"

namespace hipchat::addons {

/// HTTP as a source of requests: makes an `inbound` of each, and an HTTP answer of its reply.
/// Refusals of callers are logged here, with what the caller is not told.
/// @param routes, log must outlive the handler
transport::http_handler http_front(const dispatcher& routes, logger& log);

}  // namespace hipchat::addons
