#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "protocol/sha256.hpp"
#include "storage/deliveries.hpp"
#include "storage/tenant_data.hpp"
#include "storage/tenants.hpp"

namespace hipchat::storage {

/// What the repositories of one store in memory share.
struct memory_tenant_book {
    struct retired_tenant {
        protocol::sha256_digest proof = {};           ///< see removal_proof
        std::optional<std::chrono::seconds> at = {};  ///< set by the first purge that saw it
    };
    std::map<std::string, tenant> installed = {};
    std::map<std::string, std::int64_t> removed = {};  ///< last generation by oauthId
    /// Data by oauthId, `since` and space; within, by key.
    using place = std::tuple<std::string, std::int64_t, data_space>;
    std::map<place, std::map<std::string, std::string>> data = {};
    /// By oauthId and `since`: those whose data are not purged yet.
    std::map<std::pair<std::string, std::int64_t>, retired_tenant> retired = {};

    struct delivery {
        kept_delivery value = {};
        std::optional<protocol::sha256_digest> key = {};
        std::optional<std::chrono::milliseconds> due = {};  ///< empty: under way, or dead
        bool dead = false;
    };
    std::map<std::int64_t, delivery> deliveries = {};
};

/// Tenants in the memory of this process, for tests and for trying something out ("memory:").
///
/// Not for an add-on that people rely on: a restart forgets every installation, while the hosts go
/// on believing in them and none of their requests can be verified any more; and a second process
/// knows nothing of the first one's tenants.
class memory_tenants final : public tenant_repository {
public:
    explicit memory_tenants(
        std::shared_ptr<memory_tenant_book> book = std::make_shared<memory_tenant_book>())
        : book_(std::move(book)) {}

    task<std::optional<tenant>> find(std::string oauth_id) override;
    task<std::optional<tenant>> put(tenant value, std::int64_t expected) override;
    task<bool> set_state(std::string oauth_id, std::int64_t generation,
                         tenant::status state) override;
    task<bool> remove(std::string oauth_id, std::int64_t generation) override;
    task<std::vector<tenant>> list(std::optional<tenant::status> state, std::string after,
                                   std::size_t limit) override;
    task<std::vector<tenant>> list_in(tenant_place place, std::int64_t id, std::string after,
                                      std::size_t limit) override;

private:
    tenant* stored(const std::string& oauth_id, std::int64_t generation);
    std::int64_t beginning_of(const tenant& value);

    std::shared_ptr<memory_tenant_book> book_;
};

}  // namespace hipchat::storage
