#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/lru_map.hpp"
#include "base/single_flight.hpp"
#include "hipchat/task.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// Tenants by oauthId: a bounded cache in front of the repository, and the only way to change one,
/// so that the cache is never behind this process. Loop thread only.
class tenant_directory {
public:
    using entry = std::shared_ptr<const storage::tenant>;

    /// @param capacity tenants kept in memory, at least 1
    tenant_directory(storage::tenant_repository& repository, std::size_t capacity);

    /// From memory only; null if it is not there, which proves nothing.
    entry cached(std::string_view oauth_id);
    /// From memory or the store; null if there is no such tenant.
    task<entry> find(std::string oauth_id);

    /// See tenant_repository. put answers null if the stored generation was not `expected`.
    task<entry> put(storage::tenant value, std::int64_t expected);
    task<bool> set_state(std::string oauth_id, std::int64_t generation,
                         storage::tenant::status state);
    task<bool> remove(std::string oauth_id, std::int64_t generation);

    /// Tenants in memory.
    std::size_t cached_count() const noexcept { return cache_.size(); }

    storage::tenant_repository& repository() noexcept { return repository_; }

private:
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>()(text);
        }
    };

    task<entry> load(std::string oauth_id);

    storage::tenant_repository& repository_;
    lru_map<std::string, entry, text_hash, std::equal_to<>> cache_;
    single_flight<std::string, entry> loads_;
    std::uint64_t changes_ = 0;  // a load that began before a change must not fill the cache
};

}  // namespace hipchat::addons
