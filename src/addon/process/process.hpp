#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/allowed_hosts.hpp"
#include "addon/process/address_turns.hpp"
#include "addon/process/mounts.hpp"
#include "addon/service.hpp"
#include "addon/settings.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "transport/http_client.hpp"
#include "transport/http_server.hpp"
#include "transport/io_loop.hpp"
#include "transport/trusted_proxies.hpp"

namespace hipchat::addons {

/// The add-ons of one program, running: one HTTP server, one loop, one pool of outgoing
/// connections; everything else belongs to each add-on's service. Made, used and destroyed on the
/// loop thread, or while the loop does not run; destroyed after a drain, or when the program ends.
class process {
public:
    /// Binds the port, opens the stores and serves. The references must outlive this.
    /// Throws config_error or storage::storage_error saying what to do.
    process(transport::io_loop& loop, const std::vector<const detail::declaration*>& programs,
            settings given, logger& log, const clock& time, const step_observer& observer = {});

    /// See service::begin, of each add-on.
    task<> begin();

    /// Says at /readyz that it is not ready, goes on for AC_DRAIN_NOTICE, then drains as
    /// http_server::drain does; requests and background work. Once.
    void drain(std::function<void(std::size_t left)> drained);

    std::uint16_t port() const noexcept { return server_->port(); }
    /// Without a slash at the end.
    const std::string& base_url() const noexcept { return base_url_; }
    const allowed_hosts& hosts() const noexcept { return *hosts_; }
    /// Where /metrics is served; 0 if it is not.
    std::uint16_t metrics_port() const noexcept { return metrics_ ? metrics_->port() : 0; }

    /// See http_server::under_way.
    std::size_t under_way() const noexcept { return server_->under_way(); }

    std::size_t size() const noexcept { return services_.size(); }
    /// @param which below size(), in the order in which the programs were given
    service& at(std::size_t which) { return *services_.at(which); }
    const service& at(std::size_t which) const { return *services_.at(which); }

private:
    task<transport::http_response> serve(const transport::http_request& request);
    task<transport::http_response> serve_forwarded(const transport::http_request& request,
                                                   mounts::place place);
    task<transport::http_response> readiness();
    void drain_now(std::function<void(std::size_t left)> drained);
    transport::http_response metrics(const transport::http_request& request) const;
    request_id next_id() noexcept { return request_id{++requests_}; }

    transport::io_loop& loop_;
    settings settings_;
    logger& log_;
    transport::trusted_proxies proxies_;
    std::optional<transport::http_server> server_;
    std::optional<transport::http_server> metrics_;
    std::string base_url_;
    std::optional<mounts> mounts_;
    std::optional<allowed_hosts> hosts_;
    std::optional<transport::http_client> http_;
    std::vector<std::unique_ptr<service>> services_;
    std::uint64_t requests_ = 0;
    std::uint64_t shed_ = 0;
    address_turns forwarded_;  // requests under way, by the sender behind a proxy
    bool draining_ = false;
};

}  // namespace hipchat::addons
