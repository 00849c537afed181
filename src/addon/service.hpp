#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "addon/access.hpp"
#include "addon/allowed_hosts.hpp"
#include "addon/background/scheduler.hpp"
#include "addon/completed.hpp"
#include "addon/cors.hpp"
#include "addon/data/data_access.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/dynamic_webhooks/endpoint.hpp"
#include "addon/glances/glance_endpoint.hpp"
#include "addon/http_front.hpp"
#include "addon/lifecycle/lifecycle_endpoint.hpp"
#include "addon/pages/pages.hpp"
#include "addon/replay_window.hpp"
#include "addon/rest/client.hpp"
#include "addon/settings.hpp"
#include "addon/tenant_directory.hpp"
#include "addon/tokens/token_source.hpp"
#include "addon/users/endpoint.hpp"
#include "addon/webhooks/deliveries.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "storage/open.hpp"
#include "transport/http_client.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::addons {

/// What the add-ons of one process share; outlives them.
struct service_surroundings {
    transport::io_loop& loop;
    const allowed_hosts& hosts;
    transport::http_client& http;
    logger& log;
    const clock& time;
    step_observer observer;
    start_beside beside;  ///< starts work that a drain waits for
};

/// A running add-on: all its parts, put together in the order in which they need each other. What
/// it shares with other add-ons of the program (server, loop, HTTP client) is the process's. Made,
/// used and destroyed on the loop thread; destroyed after a drain, or when the program ends.
class service {
public:
    /// Opens the store. The references must outlive this.
    /// @param given the settings of this add-on (placed.hpp), with its own base URL and store
    /// Throws config_error or storage::storage_error saying what to do.
    service(const service_surroundings& around, const detail::declaration& declared,
            settings given);
    service(const service&) = delete;
    service& operator=(const service&) = delete;
    ~service();

    /// Answers a request.
    /// @param path its path below the add-on's base URL; begins with '/'
    task<transport::http_response> serve(const transport::http_request& request,
                                         std::string_view path, request_origin from) {
        return front_->serve(request, path, from);
    }

    /// Ends when the store has answered; throws what the store does when it fails.
    task<> ask_store() const;

    /// Adds what this add-on has counted (service_metrics.cpp).
    void tell(metrics_page& page) const;

    /// Sends every route that needs a proof of who calls a request without one; throws config_error
    /// unless each is answered 401. Then takes up what an earlier run left undone.
    task<> begin();

    /// See http_server::drain, for the work that no request asked for.
    void drain(std::function<void(std::size_t left)> drained) {
        durable_->stop();
        background_->drain(settings_.drain, std::move(drained));
    }

    /// Removes the data of tenants whose grace has ended; also done by itself.
    task<> purge_data();

    const completed_descriptor& described() const noexcept { return *described_; }
    token_source& tokens() noexcept { return *tokens_; }
    const delivery_counts& delivered() const noexcept { return deliveries_->counts(); }
    durable_deliveries& durable() noexcept { return *durable_; }
    scheduler& background() noexcept { return *background_; }

private:
    // Where the routes are mounted: one function for each feature, called by the constructor once
    // all the parts are there. Paths are below the add-on's base URL.
    void add_routes_of_descriptor();
    void add_routes_of_lifecycle();
    void add_background(event_loop& loop, const detail::declaration& declared);
    void add_routes_of_webhooks(const detail::declaration& declared);
    void add_route_of_dynamic_webhooks(const detail::declaration& declared);
    void add_routes_of_glances(const detail::declaration& declared);
    void add_route_of_users(const detail::declaration& declared);

    // The webhook at a route, for what was stored of it; null if there is none any more.
    task<std::shared_ptr<const served_hook>> find_hook(tenant_directory::entry of,
                                                       std::string route);

    const detail::declaration& declared_;
    settings settings_;
    logger& log_;
    const clock& clock_;
    const allowed_hosts& hosts_;
    transport::http_client& http_;
    storage::repositories store_;
    std::optional<tenant_directory> tenants_;
    std::optional<dispatcher> routes_;
    std::optional<error_boundary> failures_;
    std::optional<chain> way_;
    std::optional<http_front> front_;
    std::optional<completed_descriptor> described_;
    std::string document_;  // the descriptor as it is served
    std::optional<token_source> tokens_;
    std::optional<data_access> data_;
    std::optional<user_grants> grants_;
    std::optional<user_authorization> authorization_;
    std::optional<rest_client> rest_;
    std::optional<dynamic_webhooks> webhooks_;
    std::optional<access> access_;
    std::optional<replay_window> replays_;
    std::optional<durable_deliveries> durable_;
    std::optional<deliveries> deliveries_;
    std::optional<dynamic_webhook_endpoint> dynamic_;
    std::map<std::string, std::shared_ptr<const served_hook>, std::less<>> hooks_;  // by route
    deliveries::hook_finder find_hook_;
    std::optional<cors_rule> cors_;
    std::deque<glance_endpoint> glances_;
    std::optional<lifecycle_endpoint> lifecycle_;
    std::optional<authorized_endpoint> authorized_;
    std::optional<scheduler> background_;
    std::optional<pages> pages_;
};

}  // namespace hipchat::addons
