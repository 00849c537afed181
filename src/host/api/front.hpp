#pragma once

#include <cstdint>
#include <map>

#include "base/clock.hpp"
#include "base/metrics.hpp"
#include "host/api/router.hpp"
#include "transport/trusted_proxies.hpp"

namespace hipchat::host {

/// What every request passes before its route: who sent it, where a proxy stands in between (from
/// here on `peer` is that one, for all who ask), its id, its line in the log and its place in the
/// metrics. Loop thread only.
class front {
public:
    /// All of it must outlive this.
    struct parts {
        router& routes;
        const transport::trusted_proxies& proxies;
        logger& log;
        const clock& time;
        bool logs_requests;
    };
    explicit front(parts of) : of_(of) {}
    front(const front&) = delete;
    front& operator=(const front&) = delete;

    /// The route's answer, with the id of the request in X-Request-Id.
    task<http_response> serve(const transport::http_request& raw);

    void tell(metrics_page& page) const;

private:
    struct counted {
        status_counts served;
        histogram took;
    };
    void log_request(const transport::http_request& raw, const router::trace& way, int status,
                     std::chrono::nanoseconds took) const;

    parts of_;
    std::uint64_t last_ = 0;
    std::map<const router::route*, counted> by_route_;  // null: no route
};

}  // namespace hipchat::host
