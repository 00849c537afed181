#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/loop.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/tenants.hpp"

namespace hipchat::storage {

/// Tenants in a SQLite file; several processes of one machine may share it. Secrets
/// are in it as they are: the file is readable by its owner only, and so should its backups be.
class sqlite_tenants final : public tenant_repository {
public:
    /// @param database from sqlite::open_addon_database
    explicit sqlite_tenants(std::shared_ptr<sqlite::database> database)
        : database_(std::move(database)) {}

    task<std::optional<tenant>> find(std::string oauth_id) override;
    task<std::optional<tenant>> put(tenant value, std::int64_t expected) override;
    task<bool> set_state(std::string oauth_id, std::int64_t generation,
                         tenant::status state) override;
    task<bool> remove(std::string oauth_id, std::int64_t generation) override;
    task<std::vector<tenant>> list(std::optional<tenant::status> state, std::string after,
                                   std::size_t limit) override;
    task<std::vector<tenant>> list_in(tenant_place place, std::int64_t id, std::string after,
                                      std::size_t limit) override;

    /// How many transactions have been committed; for metrics.
    std::uint64_t commits() const noexcept { return database_->commits(); }

private:
    std::shared_ptr<sqlite::database> database_;
};

/// Opens or creates `path` for its tenants alone. Throws storage_error saying what to do. The loop
/// must outlive the repository.
std::unique_ptr<tenant_repository> open_sqlite_tenants(event_loop& loop, std::string path);

}  // namespace hipchat::storage
