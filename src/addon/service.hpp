#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "addon/access.hpp"
#include "addon/allowed_hosts.hpp"
#include "addon/completed.hpp"
#include "addon/cors.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/glances/glance_endpoint.hpp"
#include "addon/lifecycle/lifecycle_endpoint.hpp"
#include "addon/replay_window.hpp"
#include "addon/rest/client.hpp"
#include "addon/settings.hpp"
#include "addon/tenant_directory.hpp"
#include "addon/tokens/token_source.hpp"
#include "addon/webhooks/webhook_endpoint.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "transport/http_client.hpp"
#include "transport/http_server.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::addons {

/// A running add-on: all its parts, put together in the order in which they need each other. Made,
/// used and destroyed on the loop thread; destroyed after a drain, or when the process ends.
class service {
public:
    /// Opens the store, binds the port and serves. The references must outlive this.
    /// Throws config_error or storage::storage_error saying what to do.
    service(transport::io_loop& loop, const detail::declaration& declared, settings given,
            logger& log, const clock& time, step_observer observer = {});

    /// Sends every route of the host's a request that nobody signed; throws config_error unless
    /// each is answered 401. Then takes up what an earlier run left undone.
    task<> begin();

    /// See http_server::drain.
    void drain(std::function<void(std::size_t left)> drained);

    std::uint16_t port() const noexcept { return server_->port(); }
    const completed_descriptor& described() const noexcept { return *described_; }
    const allowed_hosts& hosts() const noexcept { return *hosts_; }
    token_source& tokens() noexcept { return *tokens_; }

private:
    void add_routes(const detail::declaration& declared);
    void add_routes_of_glances(const detail::declaration& declared);

    settings settings_;
    logger& log_;
    const clock& clock_;
    std::unique_ptr<storage::tenant_repository> repository_;
    std::optional<tenant_directory> tenants_;
    std::optional<dispatcher> routes_;
    std::optional<transport::http_server> server_;
    std::optional<completed_descriptor> described_;
    std::string document_;  // the descriptor as it is served
    std::optional<allowed_hosts> hosts_;
    std::optional<transport::http_client> http_;
    std::optional<token_source> tokens_;
    std::optional<rest_client> rest_;
    std::optional<access> access_;
    std::optional<replay_window> replays_;
    std::deque<webhook_endpoint> webhooks_;
    std::optional<cors_rule> cors_;
    std::deque<glance_endpoint> glances_;
    std::optional<lifecycle_endpoint> lifecycle_;
};

}  // namespace hipchat::addons
