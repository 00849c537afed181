#pragma once

#include <string>
#include <string_view>

#include "hipchat/secret.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// A key of the installation's own, so that a removed or repeated install voids what was signed
/// with it, and so that every copy of the add-on has it (decision 10). Empty for a tenant without a
/// secret.
/// @param purpose keeps it apart from the host's key and from those of other purposes
secret tenant_key(const storage::tenant& tenant, std::string_view purpose);

}  // namespace hipchat::addons
