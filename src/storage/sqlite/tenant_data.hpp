#pragma once

#include <memory>
#include <string>
#include <utility>

#include "storage/sqlite/database.hpp"
#include "storage/tenant_data.hpp"

namespace hipchat::storage {

/// Data of the tenants in the same SQLite file.
class sqlite_tenant_data final : public tenant_data_repository {
public:
    /// @param database from sqlite::open_addon_database
    explicit sqlite_tenant_data(std::shared_ptr<sqlite::database> database)
        : database_(std::move(database)) {}

    task<std::optional<std::string>> get(data_partition where, std::string key) override;
    task<data_change> set(data_partition where, std::string key, std::string value) override;
    task<data_change> replace(data_partition where, std::string key,
                              std::optional<std::string> expected, std::string value) override;
    task<data_change> erase(data_partition where, std::string key) override;
    task<std::vector<data_entry>> list(data_partition where, std::string prefix, std::string after,
                                       std::size_t limit) override;
    task<std::size_t> purge(std::chrono::seconds now, std::chrono::seconds grace) override;

private:
    task<std::size_t> purge_some(std::chrono::seconds before);

    std::shared_ptr<sqlite::database> database_;
};

}  // namespace hipchat::storage
