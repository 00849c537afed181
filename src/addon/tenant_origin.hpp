#pragma once

#include <string>

#include "storage/tenants.hpp"

namespace hipchat::addons {

/// The origin on which people see that tenant's host: of its homepage, else of its capabilities
/// document. Its pages frame the add-on's (addon-side.md 7.1) and fetch its glances. Empty if
/// neither URL can be read.
std::string tenant_origin(const storage::tenant& tenant);

}  // namespace hipchat::addons
