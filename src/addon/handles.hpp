#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "addon/access.hpp"
#include "hipchat/room.hpp"
#include "hipchat/tenant.hpp"
#include "storage/tenants.hpp"

// How what an author holds is made of what the add-on knows.

namespace hipchat::detail {

hipchat::tenant tenant_of(const addons::access& to, std::shared_ptr<const storage::tenant> stored);

/// @param name may be empty: not known
hipchat::room room_of(const addons::access& to, std::shared_ptr<const storage::tenant> stored,
                      std::int64_t id, std::string name = {});

}  // namespace hipchat::detail
