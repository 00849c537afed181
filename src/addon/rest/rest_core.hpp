#pragma once

#include <memory>
#include <optional>
#include <string>

#include "addon/access.hpp"
#include "hipchat/call_policy.hpp"
#include "hipchat/secret.hpp"
#include "storage/tenants.hpp"

namespace hipchat::detail {

/// What stands behind a rest::client. Shared and immutable.
struct rest_core {
    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    std::optional<call_policy> policy = {};  ///< absent: the add-on's
    std::string expand = {};                 ///< titles, separated by commas
    secret user_token = {};
};

}  // namespace hipchat::detail
