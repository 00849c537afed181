#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "storage/deliveries.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::storage {

/// Kept deliveries in the same SQLite file. One program at a time: revive() of a second one takes
/// what the first has under way.
class sqlite_deliveries final : public delivery_repository {
public:
    /// @param database from sqlite::open_addon_database
    explicit sqlite_deliveries(std::shared_ptr<sqlite::database> database)
        : database_(std::move(database)) {}

    task<keep_result> keep(kept_delivery value, std::optional<protocol::sha256_digest> key,
                           std::size_t most) override;
    task<std::size_t> revive() override;
    task<std::vector<kept_delivery>> take(std::chrono::milliseconds now,
                                          std::size_t limit) override;
    task<std::optional<std::chrono::milliseconds>> next_due() override;
    task<> remove(std::int64_t id) override;
    task<> postpone(std::int64_t id, std::chrono::milliseconds due) override;
    task<> bury(std::int64_t id) override;

private:
    std::shared_ptr<sqlite::database> database_;
};

}  // namespace hipchat::storage
