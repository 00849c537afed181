#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "addon/allowed_hosts.hpp"
#include "addon/tokens/token_request.hpp"
#include "hipchat/scope.hpp"
#include "protocol/capabilities.hpp"
#include "protocol/installation.hpp"
#include "storage/tenants.hpp"
#include "transport/http_client.hpp"

// Accepting an install (addon-side.md 2.2) as a pure machine: each function takes what has happened
// and says what to do next. The shell in install.cpp does it. Nothing is stored before everything
// has been proved, and one durable write stores all of it, so that an end at any step leaves either
// no tenant or a whole one.
//
//   judge ──> fetch_capabilities ──> request_token ──> store_tenant ──> installed
//     │               │                    │                │
//     └───────────────┴──── refuse ────────┴────────────────┘

namespace hipchat::addons {

/// What the add-on allows, and what it will ask for.
struct install_rules {
    bool allow_room = true;
    bool allow_global = true;
    std::vector<scope> scopes = {};
    std::vector<std::int64_t> groups = {};  ///< that may install; empty: all
    const allowed_hosts& hosts;
};

struct fetch_capabilities {
    std::string url;
};
struct ask_for_token {
    std::string token_url;
    std::string oauth_id;
    secret oauth_secret;
};
struct store_tenant {
    storage::tenant value;
    std::int64_t expected_generation = 0;
};
/// Nothing to do: the same install was accepted before.
struct already_installed {};
struct installed_now {};
/// The install is refused; `reason` is shown to the host's administrator and names the setting that
/// would allow it, where there is one.
struct refuse_install {
    int status = 400;
    std::string reason;
};

using install_step = std::variant<fetch_capabilities, ask_for_token, store_tenant,
                                  already_installed, installed_now, refuse_install>;

/// One install request. Used once, from judge() on.
class install_flow {
public:
    explicit install_flow(install_rules rules) : rules_(std::move(rules)) {}

    /// @param known the tenant stored under the request's oauthId, or null
    /// @param proved_by_old_secret the request came with a token signed with that tenant's secret
    install_step judge(protocol::installation request, std::shared_ptr<const storage::tenant> known,
                       bool proved_by_old_secret);
    /// The capabilities document arrived, or could not be fetched.
    install_step on_capabilities(const transport::http_answer& answer);
    install_step on_capabilities_failure(const transport_error& failure) const;
    install_step on_token(const token_answer& answer);
    /// @param stored false: another install of the same oauthId was faster
    install_step on_stored(bool stored) const;

private:
    std::optional<refuse_install> wrong_kind() const;
    std::optional<refuse_install> wrong_group(std::optional<std::int64_t> group) const;
    std::optional<refuse_install> foreign_endpoint(
        const protocol::host_capabilities& document) const;

    install_rules rules_;
    protocol::installation request_;
    std::shared_ptr<const storage::tenant> known_;
    secret secret_;
    protocol::host_capabilities host_;
};

}  // namespace hipchat::addons
