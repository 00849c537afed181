#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "addon/users/user_grant.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/single_flight.hpp"
#include "hipchat/task.hpp"
#include "storage/tenant_data.hpp"
#include "storage/tenants.hpp"
#include "transport/http_client.hpp"

namespace hipchat::addons {

/// What users let the add-on do, kept with their tenant's data, so that none can be found through
/// another tenant, and none outlives its own. Renewed early, by one request in flight for each
/// user. Loop thread only. Throws what the store does.
class user_grants {
public:
    using tenant_ptr = std::shared_ptr<const storage::tenant>;

    /// All of it must outlive this.
    user_grants(transport::http_client& http, storage::tenant_data_repository& kept,
                const clock& time, logger& log)
        : http_(http), kept_(kept), clock_(time), log_(log) {}

    /// As it is kept, however old; empty: there is none.
    task<std::optional<user_grant>> find(tenant_ptr of, std::string user_id);

    /// Good for at least a few seconds. Throws not_authorized when there is none, or none any more;
    /// transport_error or api_error when one is needed and the host does not give it now.
    task<user_grant> get(tenant_ptr of, std::string user_id);

    /// The same after the host did not accept `refused`: another than that, renewed if need be.
    task<user_grant> get_other(tenant_ptr of, std::string user_id, user_access_token refused);

    /// Durable when its task ends. Throws tenant_gone when the tenant is removed.
    task<> put(tenant_ptr of, std::string user_id, user_grant what);
    /// Nothing if there is none, or no such tenant any more.
    task<> erase(tenant_ptr of, std::string user_id);

private:
    task<user_grant> renew(tenant_ptr of, std::string user_id, user_grant old);
    task<user_grant> attempt_renewal(tenant_ptr of, std::string user_id, user_grant old);

    transport::http_client& http_;
    storage::tenant_data_repository& kept_;
    const clock& clock_;
    logger& log_;
    single_flight<std::string, user_grant> flights_;
};

}  // namespace hipchat::addons
