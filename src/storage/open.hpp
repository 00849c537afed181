#pragma once

#include <memory>
#include <string_view>

#include "base/loop.hpp"
#include "storage/deliveries.hpp"
#include "storage/tenant_data.hpp"
#include "storage/tenants.hpp"

namespace hipchat::storage {

/// The repositories of one store. They may be destroyed in any order.
struct repositories {
    std::unique_ptr<tenant_repository> tenants;
    std::unique_ptr<tenant_data_repository> data;
    std::unique_ptr<delivery_repository> deliveries;
};

/// Opens the store that the setting AC_STORE names.
/// @param store_url "sqlite:PATH", a file that is created if its folder exists, or "memory:"
/// Throws config_error if it is neither, and storage_error if the file cannot be used. The loop
/// must outlive the repositories.
repositories open_store(event_loop& loop, std::string_view store_url);

}  // namespace hipchat::storage
