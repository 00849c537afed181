#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "addon/dynamic_webhooks/registration.hpp"
#include "hipchat/task.hpp"
#include "storage/tenant_data.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// Where dynamic webhooks are remembered: with their tenant's data, so that none can be found
/// through another tenant, and none outlives its own. Loop thread only. Throws what the store does,
/// and tenant_gone when a removed tenant's are to be changed.
class registrations {
public:
    using tenant_ptr = std::shared_ptr<const storage::tenant>;

    /// @param kept must outlive this
    explicit registrations(storage::tenant_data_repository& kept) : kept_(kept) {}

    task<std::optional<registration>> find(tenant_ptr of, std::string id);
    /// All of a room, whatever their state.
    task<std::vector<registration>> list(tenant_ptr of, std::int64_t room);
    /// Durable when its task ends.
    task<> put(tenant_ptr of, registration what);
    task<> erase(tenant_ptr of, std::string id);

private:
    storage::tenant_data_repository& kept_;
};

}  // namespace hipchat::addons
