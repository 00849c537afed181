#pragma once

#include <map>
#include <string>

#include "storage/tenants.hpp"

namespace hipchat::storage {

/// Tenants in the memory of this process, for tests and for trying something out ("memory:").
///
/// Not for an add-on that people rely on: a restart forgets every installation, while the hosts go
/// on believing in them and none of their requests can be verified any more; and a second process
/// knows nothing of the first one's tenants.
class memory_tenants final : public tenant_repository {
public:
    task<std::optional<tenant>> find(std::string oauth_id) override;
    task<std::optional<tenant>> put(tenant value, std::int64_t expected) override;
    task<bool> set_state(std::string oauth_id, std::int64_t generation,
                         tenant::status state) override;
    task<bool> remove(std::string oauth_id, std::int64_t generation) override;
    task<std::vector<tenant>> list(std::optional<tenant::status> state, std::string after,
                                   std::size_t limit) override;

private:
    tenant* stored(const std::string& oauth_id, std::int64_t generation);

    std::map<std::string, tenant> tenants_;
    std::map<std::string, std::int64_t> removed_;  ///< last generation by oauthId
};

}  // namespace hipchat::storage
