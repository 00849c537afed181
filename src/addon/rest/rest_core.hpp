#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hipchat/call_policy.hpp"
#include "hipchat/secret.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {
class rest_client;
}

namespace hipchat::detail {

/// What stands behind a rest::client. Shared and immutable.
struct rest_core {
    addons::rest_client& rest;  // outlives it, see access.hpp
    std::shared_ptr<const storage::tenant> tenant;
    std::optional<call_policy> policy = {};  ///< absent: the add-on's
    std::string expand = {};                 ///< titles, separated by commas
    secret user_token = {};                  ///< of calls as a user whom the author knows
    std::string user_id = {};                ///< of calls as a user who authorized the add-on
};

}  // namespace hipchat::detail
