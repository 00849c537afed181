#include "storage/memory/tenants.hpp"

#include <utility>

namespace hipchat::storage {

task<std::optional<tenant>> memory_tenants::find(std::string oauth_id) {
    const auto found = tenants_.find(oauth_id);
    if (found == tenants_.end()) co_return std::nullopt;
    co_return found->second;
}

task<std::optional<tenant>> memory_tenants::put(tenant value, std::int64_t expected) {
    const auto found = tenants_.find(value.oauth_id);
    const std::int64_t current = found == tenants_.end() ? 0 : found->second.generation;
    if (current != expected) co_return std::nullopt;
    const auto removed = removed_.find(value.oauth_id);
    value.generation = 1 + (removed == removed_.end() ? current : removed->second);
    if (removed != removed_.end()) removed_.erase(removed);
    tenants_.insert_or_assign(value.oauth_id, value);
    co_return std::move(value);
}

task<bool> memory_tenants::set_state(std::string oauth_id, std::int64_t generation,
                                     tenant::status state) {
    tenant* const found = stored(oauth_id, generation);
    if (found == nullptr) co_return false;
    found->state = state;
    co_return true;
}

task<bool> memory_tenants::remove(std::string oauth_id, std::int64_t generation) {
    if (stored(oauth_id, generation) == nullptr) co_return false;
    tenants_.erase(oauth_id);
    removed_[oauth_id] = generation;
    co_return true;
}

task<std::vector<tenant>> memory_tenants::list(std::optional<tenant::status> state,
                                               std::string after, std::size_t limit) {
    std::vector<tenant> found;
    for (auto next = tenants_.upper_bound(after); next != tenants_.end(); ++next) {
        if (found.size() == limit) break;
        if (!state || next->second.state == *state) found.push_back(next->second);
    }
    co_return found;
}

// Null if the tenant is not stored with that generation.
tenant* memory_tenants::stored(const std::string& oauth_id, std::int64_t generation) {
    const auto found = tenants_.find(oauth_id);
    if (found == tenants_.end() || found->second.generation != generation) return nullptr;
    return &found->second;
}

}  // namespace hipchat::storage
