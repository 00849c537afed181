#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "storage/deliveries.hpp"
#include "storage/memory/tenants.hpp"

namespace hipchat::storage {

/// Kept deliveries in memory ("memory:"): gone when the process ends, so nothing survives it.
class memory_deliveries final : public delivery_repository {
public:
    explicit memory_deliveries(std::shared_ptr<memory_tenant_book> book) : book_(std::move(book)) {}

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
    std::size_t count(bool dead) const;

    std::shared_ptr<memory_tenant_book> book_;
    std::int64_t last_id_ = 0;
};

}  // namespace hipchat::storage
