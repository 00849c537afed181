#include "storage/memory/tenants.hpp"

#include <algorithm>
#include <utility>

#include "storage/removal_proof.hpp"

namespace hipchat::storage {

task<std::optional<tenant>> memory_tenants::find(std::string oauth_id) {
    const auto found = book_->installed.find(oauth_id);
    if (found == book_->installed.end()) co_return std::nullopt;
    co_return found->second;
}

task<std::optional<tenant>> memory_tenants::put(tenant value, std::int64_t expected) {
    const auto found = book_->installed.find(value.oauth_id);
    const bool known = found != book_->installed.end();
    const std::int64_t current = known ? found->second.generation : 0;
    if (current != expected) co_return std::nullopt;
    const auto removed = book_->removed.find(value.oauth_id);
    value.generation = 1 + (removed == book_->removed.end() ? current : removed->second);
    if (removed != book_->removed.end()) book_->removed.erase(removed);
    value.since = known ? found->second.since : beginning_of(value);
    book_->installed.insert_or_assign(value.oauth_id, value);
    co_return std::move(value);
}

// Since when a tenant that was not installed counts as installed.
std::int64_t memory_tenants::beginning_of(const tenant& value) {
    const auto proof = removal_proof(value);
    const auto back = std::ranges::find_if(book_->retired, [&](const auto& retired) {
        return retired.first.first == value.oauth_id && retired.second.proof == proof;
    });
    if (back == book_->retired.end()) return value.generation;
    const std::int64_t since = back->first.second;
    book_->retired.erase(back);
    return since;
}

task<bool> memory_tenants::set_state(std::string oauth_id, std::int64_t generation,
                                     tenant::status state) {
    tenant* const found = stored(oauth_id, generation);
    if (found == nullptr) co_return false;
    found->state = state;
    co_return true;
}

task<bool> memory_tenants::remove(std::string oauth_id, std::int64_t generation) {
    const tenant* const found = stored(oauth_id, generation);
    if (found == nullptr) co_return false;
    book_->retired.insert_or_assign({oauth_id, found->since},
                                    memory_tenant_book::retired_tenant{removal_proof(*found)});
    book_->data.erase({oauth_id, found->since, data_space::library});
    book_->installed.erase(oauth_id);
    book_->removed[oauth_id] = generation;
    std::erase_if(book_->deliveries,
                  [&](const auto& one) { return one.second.value.oauth_id == oauth_id; });
    co_return true;
}

task<std::vector<tenant>> memory_tenants::list(std::optional<tenant::status> state,
                                               std::string after, std::size_t limit) {
    std::vector<tenant> found;
    const auto& all = book_->installed;
    for (auto next = all.upper_bound(after); next != all.end(); ++next) {
        if (found.size() == limit) break;
        if (!state || next->second.state == *state) found.push_back(next->second);
    }
    co_return found;
}

task<std::vector<tenant>> memory_tenants::list_in(tenant_place place, std::int64_t id,
                                                  std::string after, std::size_t limit) {
    std::vector<tenant> found;
    const auto& all = book_->installed;
    for (auto next = all.upper_bound(after); next != all.end(); ++next) {
        if (found.size() == limit) break;
        const tenant& one = next->second;
        const auto& placed = place == tenant_place::group ? one.group_id : one.room_id;
        if (one.state == tenant::status::active && placed == id) found.push_back(one);
    }
    co_return found;
}

// Null if the tenant is not stored with that generation.
tenant* memory_tenants::stored(const std::string& oauth_id, std::int64_t generation) {
    const auto found = book_->installed.find(oauth_id);
    if (found == book_->installed.end() || found->second.generation != generation) return nullptr;
    return &found->second;
}

}  // namespace hipchat::storage
