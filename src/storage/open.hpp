#pragma once

#include <memory>
#include <string_view>

#include "base/loop.hpp"
#include "storage/tenants.hpp"

namespace hipchat::storage {

/// Opens the tenants that the setting AC_STORE names.
/// @param store_url "sqlite:PATH", a file that is created if its folder exists, or "memory:"
/// Throws config_error if it is neither, and storage_error if the file cannot be used. The loop
/// must outlive the repository.
std::unique_ptr<tenant_repository> open_tenants(event_loop& loop, std::string_view store_url);

}  // namespace hipchat::storage
