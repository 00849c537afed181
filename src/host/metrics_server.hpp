#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/metrics.hpp"
#include "hipchat/secret.hpp"
#include "host/metrics_options.hpp"
#include "transport/http_server.hpp"

namespace hipchat::host {

/// An address of its own for /metrics, in Prometheus' text format, so that no proxy in front of the
/// host shows it to strangers by mistake. Loop thread only.
class metrics_server {
public:
    /// @param tell writes what there is to tell
    /// Throws config_error: an address beyond loopback without a token, a port that is taken.
    metrics_server(transport::io_loop& loop, logger& log, metrics_options options,
                   std::function<void(metrics_page&)> tell);
    metrics_server(const metrics_server&) = delete;
    metrics_server& operator=(const metrics_server&) = delete;

    std::uint16_t port() const noexcept { return server_->port(); }

private:
    task<transport::http_response> answer(const transport::http_request& asked) const;
    bool may_ask(const transport::http_request& asked) const;

    metrics_options options_;
    std::function<void(metrics_page&)> tell_;
    std::optional<transport::http_server> server_;
};

}  // namespace hipchat::host
