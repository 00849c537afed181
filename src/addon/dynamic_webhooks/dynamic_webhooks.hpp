#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "addon/declaration.hpp"
#include "addon/dynamic_webhooks/registrations.hpp"
#include "addon/rest/client.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"

namespace hipchat::addons {

/// Where deliveries of dynamic webhooks arrive, below the base URL.
constexpr const char* dynamic_webhook_path = "/webhook/{tenant}/{id}";
/// The path of one of them, in its only spelling.
std::string dynamic_webhook_at(const storage::tenant& of, std::string_view id);

/// Dynamic webhooks (addon-side.md 5.1): added to rooms, remembered, and removed again.
///
/// One is remembered before the host hears of it, under a key of its own, so that whatever breaks
/// off in between leaves either nothing at the host, or a webhook whose deliveries are recognised:
/// they are refused, and clear() removes it (decision 11).
///
/// Loop thread only; references must outlive it.
class dynamic_webhooks {
public:
    using tenant_ptr = registrations::tenant_ptr;

    struct parts {
        const detail::declaration& declared;
        rest_client& rest;
        storage::tenant_data_repository& data;
        const clock& time;
        logger& log;
    };
    /// Throws config_error if a handler was declared and the scope to add webhooks was not.
    /// @param declared_scopes of the completed descriptor
    dynamic_webhooks(parts given, const std::vector<scope>& declared_scopes);

    // What hipchat::room offers; errors are described there.
    task<std::string> add(tenant_ptr of, std::int64_t room, std::string name, std::string pattern);
    task<std::vector<registration>> list(tenant_ptr of, std::int64_t room);
    task<std::optional<registration>> find(tenant_ptr of, std::int64_t room, std::string id);
    task<bool> remove(tenant_ptr of, std::int64_t room, std::string id);

    /// The one of that id, if what it delivers is for its handler.
    task<std::optional<registration>> serving(tenant_ptr of, std::string id);

    /// Removes what is left of one that does not serve, at the host and here. What it cannot do is
    /// logged, and left for the next time. Never throws.
    task<> clear(tenant_ptr of, std::string id);

    /// The handler declared under that name; null if there is none.
    const detail::hook* handler_of(std::string_view name) const;

private:
    registration begun(const detail::hook& handler, std::int64_t room, std::string name,
                       std::string pattern) const;
    task<> ask_host(tenant_ptr of, registration what);
    task<> give_up(tenant_ptr of, registration what, std::exception_ptr failure);
    task<> remove_at_host(tenant_ptr of, std::string id);
    task<> erase_everywhere(tenant_ptr of, std::string id);

    parts parts_;
    registrations kept_;
    std::set<std::string> clearing_;
};

}  // namespace hipchat::addons
