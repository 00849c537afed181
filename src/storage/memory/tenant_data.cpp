#include "storage/memory/tenant_data.hpp"

#include <algorithm>
#include <utility>

namespace hipchat::storage {

bool memory_tenant_data::installed(const data_partition& where) const {
    const auto found = tenants_->installed.find(where.oauth_id);
    return found != tenants_->installed.end() && found->second.since == where.since;
}

const std::string* memory_tenant_data::stored(const data_partition& where,
                                              const std::string& key) const {
    const auto partition = tenants_->data.find({where.oauth_id, where.since, where.space});
    if (partition == tenants_->data.end()) return nullptr;
    const auto entry = partition->second.find(key);
    return entry == partition->second.end() ? nullptr : &entry->second;
}

task<std::optional<std::string>> memory_tenant_data::get(data_partition where, std::string key) {
    const std::string* const value = stored(where, key);
    co_return value != nullptr ? std::optional(*value) : std::nullopt;
}

task<data_change> memory_tenant_data::set(data_partition where, std::string key,
                                          std::string value) {
    if (!installed(where)) co_return data_change::gone;
    tenants_->data[{where.oauth_id, where.since, where.space}].insert_or_assign(std::move(key),
                                                                                std::move(value));
    co_return data_change::done;
}

task<data_change> memory_tenant_data::replace(data_partition where, std::string key,
                                              std::optional<std::string> expected,
                                              std::string value) {
    if (!installed(where)) co_return data_change::gone;
    const std::string* const current = stored(where, key);
    const bool same = current == nullptr ? !expected : expected && *current == *expected;
    if (!same) co_return data_change::differs;
    tenants_->data[{where.oauth_id, where.since, where.space}].insert_or_assign(std::move(key),
                                                                                std::move(value));
    co_return data_change::done;
}

task<data_change> memory_tenant_data::erase(data_partition where, std::string key) {
    if (!installed(where)) co_return data_change::gone;
    if (stored(where, key) == nullptr) co_return data_change::differs;
    tenants_->data[{where.oauth_id, where.since, where.space}].erase(key);
    co_return data_change::done;
}

task<std::vector<data_entry>> memory_tenant_data::list(data_partition where, std::string prefix,
                                                       std::string after, std::size_t limit) {
    std::vector<data_entry> found;
    const auto partition = tenants_->data.find({where.oauth_id, where.since, where.space});
    if (partition == tenants_->data.end()) co_return found;
    const entries& all = partition->second;
    for (auto next = all.lower_bound(std::max(prefix, after)); next != all.end(); ++next) {
        if (found.size() == limit || !next->first.starts_with(prefix)) break;
        if (after.empty() || next->first != after) found.push_back({next->first, next->second});
    }
    co_return found;
}

task<std::size_t> memory_tenant_data::purge(std::chrono::seconds now, std::chrono::seconds grace) {
    std::size_t removed = 0;
    auto& all = tenants_->retired;
    for (auto next = all.begin(); next != all.end();) {
        if (!next->second.at) next->second.at = now;
        if (*next->second.at > now - grace) {
            ++next;
            continue;
        }
        const auto& [oauth_id, since] = next->first;
        for (const data_space space : {data_space::author, data_space::library}) {
            const auto partition = tenants_->data.find({oauth_id, since, space});
            if (partition == tenants_->data.end()) continue;
            removed += partition->second.size();
            tenants_->data.erase(partition);
        }
        next = all.erase(next);
    }
    co_return removed;
}

}  // namespace hipchat::storage
