#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/background/start_beside.hpp"
#include "addon/tokens/token_state.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "base/single_flight.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "storage/tenants.hpp"
#include "transport/http_client.hpp"

namespace hipchat::addons {

/// Access tokens by tenant and set of scopes: from memory while they last, renewed early, and by
/// one request in flight for all that want the same. Loop thread only.
class token_source {
public:
    /// The references must outlive this.
    token_source(transport::http_client& http, const clock& time, start_beside beside, logger& log);

    /// A token good for at least a few seconds. Throws api_error when the host refuses the client,
    /// transport_error when it cannot be reached.
    task<access_token> get(std::shared_ptr<const storage::tenant> tenant,
                           std::vector<scope> scopes);

    /// Keeps a token that was granted for `scopes` elsewhere, at the install. It serves for every
    /// part of them that no token is kept for. Does nothing if fewer scopes were granted.
    void keep(const storage::tenant& tenant, const std::vector<scope>& scopes,
              const protocol::token_grant& grant);

    /// Drops a token that the host did not accept, unless a newer one is already kept.
    void forget(const storage::tenant& tenant, const std::vector<scope>& scopes,
                const access_token& refused);

    /// Token requests sent so far.
    std::uint64_t requests() const noexcept { return requests_; }

private:
    struct key {
        std::string oauth_id;
        std::int64_t generation;
        std::uint32_t scopes;
        auto operator<=>(const key&) const = default;
    };
    struct key_hash {
        std::size_t operator()(const key& k) const noexcept {
            return std::hash<std::string>()(k.oauth_id)
                   ^ (static_cast<std::size_t>(k.generation) * 31 + k.scopes);
        }
    };

    // The key under which a token for these scopes is kept: theirs, or that of a wider one.
    std::optional<key> find_key(const storage::tenant& tenant, const std::vector<scope>& scopes);
    static key key_of(const storage::tenant& tenant, const std::vector<scope>& scopes);
    task<kept_token> renew(std::shared_ptr<const storage::tenant> tenant,
                           std::vector<scope> scopes);
    task<kept_token> join(std::shared_ptr<const storage::tenant> tenant, std::vector<scope> scopes);
    task<> renew_early(std::shared_ptr<const storage::tenant> tenant, std::vector<scope> scopes);

    transport::http_client& http_;
    const clock& clock_;
    start_beside beside_;
    logger& log_;
    lru_map<key, kept_token, key_hash> kept_{10'000};
    single_flight<key, kept_token> flights_;
    std::uint32_t widest_ = 0;  // scopes of the tokens that keep() was given
    double jitter_;
    std::uint64_t requests_ = 0;
};

}  // namespace hipchat::addons
