#pragma once

#include <memory>
#include <string>

#include "addon/dispatch.hpp"
#include "addon/dynamic_webhooks/dynamic_webhooks.hpp"
#include "addon/webhooks/deliveries.hpp"
#include "base/lru_map.hpp"
#include "hipchat/log.hpp"

namespace hipchat::addons {

/// Serves the deliveries of dynamic webhooks, at dynamic_webhook_path: finds the one that is meant
/// in the caller's own tenant, and hands over to `deliveries`, as the declared ones do. Another
/// tenant's address is 401, one that is not (or no longer) remembered 410. Loop thread only;
/// references must outlive it.
class dynamic_webhook_endpoint {
public:
    dynamic_webhook_endpoint(dynamic_webhooks& all, deliveries& takers, logger& log)
        : all_(all), takers_(takers), log_(log) {}

    answer serve(const signed_request& who, const inbound& request);

    using tenant_ptr = dynamic_webhooks::tenant_ptr;
    using hook_ptr = std::shared_ptr<const served_hook>;
    /// The one at `route`, for a delivery of it that was stored; null if it was removed meanwhile,
    /// or nothing handles it any more.
    task<hook_ptr> find(tenant_ptr of, std::string route);

private:
    using pattern_ptr = std::shared_ptr<const protocol::pattern>;

    task<reply> serve_own(signed_request who, const inbound& request, std::string id);
    reply gone(const signed_request& who, std::string id);
    hook_ptr hook_of(const storage::tenant& of, const detail::hook& handler,
                     const registration& found);
    pattern_ptr pattern_of(const std::string& text);

    dynamic_webhooks& all_;
    deliveries& takers_;
    logger& log_;
    lru_map<std::string, pattern_ptr> patterns_{1000};
};

}  // namespace hipchat::addons
