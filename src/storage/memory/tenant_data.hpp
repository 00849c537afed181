#pragma once

#include <map>
#include <memory>
#include <string>

#include "storage/memory/tenants.hpp"
#include "storage/tenant_data.hpp"

namespace hipchat::storage {

/// Data of the tenants in memory ("memory:"): gone when the process ends.
class memory_tenant_data final : public tenant_data_repository {
public:
    explicit memory_tenant_data(std::shared_ptr<memory_tenant_book> tenants)
        : tenants_(std::move(tenants)) {}

    task<std::optional<std::string>> get(data_partition where, std::string key) override;
    task<data_change> set(data_partition where, std::string key, std::string value) override;
    task<data_change> replace(data_partition where, std::string key,
                              std::optional<std::string> expected, std::string value) override;
    task<data_change> erase(data_partition where, std::string key) override;
    task<std::vector<data_entry>> list(data_partition where, std::string prefix, std::string after,
                                       std::size_t limit) override;
    task<std::size_t> purge(std::chrono::seconds now, std::chrono::seconds grace) override;

private:
    using entries = std::map<std::string, std::string>;

    bool installed(const data_partition& where) const;
    const std::string* stored(const data_partition& where, const std::string& key) const;

    std::shared_ptr<memory_tenant_book> tenants_;
};

}  // namespace hipchat::storage
