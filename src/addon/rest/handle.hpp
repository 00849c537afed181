#pragma once

#include <memory>

#include "addon/rest/client.hpp"
#include "addon/rest/rest_core.hpp"
#include "hipchat/rest/client.hpp"
#include "storage/tenants.hpp"

namespace hipchat::detail {

/// The right to call that tenant's host as the add-on.
rest::client client_of(addons::rest_client& calls, std::shared_ptr<const storage::tenant> stored);

}  // namespace hipchat::detail
