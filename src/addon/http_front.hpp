#pragma once

#include <cstdint>
#include <string_view>

#include "addon/dispatch.hpp"
#include "addon/failures/error_boundary.hpp"
#include "addon/middleware/chain.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "transport/http.hpp"

namespace hipchat::addons {

/// Where a request comes from, as the process knows it.
struct request_origin {
    request_id id = request_id::none;
    std::string_view peer = {};  ///< valid until the answer is there
};

/// HTTP as a source of requests: makes an `inbound` of each, sends it through the add-on's
/// middleware, and makes an HTTP answer of its reply. What is refused or fails is logged here, with
/// what the caller is not told. Loop thread only.
class http_front {
public:
    /// The references must outlive this.
    http_front(const chain& way, error_boundary& failures, logger& log, const clock& time)
        : way_(way), failures_(failures), log_(log), clock_(time) {}

    /// @param path of the request below the add-on's base URL; begins with '/'
    task<transport::http_response> serve(const transport::http_request& request,
                                         std::string_view path, request_origin from);

    /// How long requests took, until their answer was there.
    const histogram& took() const noexcept { return took_; }
    /// Answers to requests that took no route: nothing is there, or middleware refused.
    const status_counts& elsewhere() const noexcept { return elsewhere_; }

private:
    reply failed(const std::exception_ptr& thrown, const inbound& request);
    void count(const request_trace& trace, int status, steady_time began);

    const chain& way_;
    error_boundary& failures_;
    logger& log_;
    const clock& clock_;
    histogram took_;
    status_counts elsewhere_;
};

}  // namespace hipchat::addons
