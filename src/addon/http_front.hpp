#pragma once

#include "addon/dispatch.hpp"
#include "transport/http.hpp"

namespace hipchat::addons {

/// HTTP as a source of requests: makes an `inbound` of each, and an HTTP answer of its reply.
/// @param routes must outlive the handler
transport::http_handler http_front(const dispatcher& routes);

}  // namespace hipchat::addons
