#pragma once

#include "addon/dispatch.hpp"
#include "base/log.hpp"
#include "transport/http.hpp"

namespace hipchat::addons {

/// HTTP as a source of requests: makes an `inbound` of each, and an HTTP answer of its reply.
/// Refusals of callers are logged here, with what the caller is not told. Loop thread only.
class http_front {
public:
    /// The references must outlive this.
    http_front(const dispatcher& routes, logger& log) : routes_(routes), log_(log) {}

    /// @param path of the request below the add-on's base URL; begins with '/'
    task<transport::http_response> serve(const transport::http_request& request,
                                         std::string_view path) const;

private:
    const dispatcher& routes_;
    logger& log_;
};

}  // namespace hipchat::addons
