#include "storage/open.hpp"

#include <filesystem>
#include <string>
#include <system_error>

#include "hipchat/errors.hpp"
#include "storage/memory/deliveries.hpp"
#include "storage/memory/tenant_data.hpp"
#include "storage/memory/tenants.hpp"
#include "storage/sqlite/deliveries.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/tenant_data.hpp"
#include "storage/sqlite/tenants.hpp"

namespace hipchat::storage {
namespace {

constexpr std::string_view allowed =
    "; set AC_STORE to sqlite:PATH (for example sqlite:./hipchat-addon.db) or, to keep nothing, "
    "to memory:";

// What is before the colon, so that no password of an unsupported URL is shown.
std::string_view scheme_of(std::string_view url) {
    return url.substr(0, url.find(':'));
}

void check_file(const std::filesystem::path& file) {
    std::error_code unknown;  // counts as: does not exist
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (!std::filesystem::is_directory(folder, unknown))
        throw config_error("AC_STORE: the folder " + folder.string()
                           + " does not exist; create it, or name a file in another folder");
    if (std::filesystem::is_directory(file, unknown))
        throw config_error("AC_STORE: " + file.string() + " is a folder; name a file in it");
}

}  // namespace

repositories open_store(event_loop& loop, std::string_view store_url) {
    constexpr std::string_view sqlite = "sqlite:";
    if (store_url == "memory:") {
        const auto book = std::make_shared<memory_tenant_book>();
        return {std::make_unique<memory_tenants>(book), std::make_unique<memory_tenant_data>(book),
                std::make_unique<memory_deliveries>(book)};
    }
    if (!store_url.starts_with(sqlite))
        throw config_error("AC_STORE: the kind of store \"" + std::string(scheme_of(store_url))
                           + "\" is not known" + std::string(allowed));
    const std::string path(store_url.substr(sqlite.size()));
    if (path.empty()) throw config_error("AC_STORE: sqlite: names no file" + std::string(allowed));
    check_file(path);
    const auto database = sqlite::open_addon_database(loop, path);
    return {std::make_unique<sqlite_tenants>(database),
            std::make_unique<sqlite_tenant_data>(database),
            std::make_unique<sqlite_deliveries>(database)};
}

}  // namespace hipchat::storage
