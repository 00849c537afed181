#include "addon/tenant_directory.hpp"

namespace hipchat::addons {

tenant_directory::tenant_directory(storage::tenant_repository& repository, std::size_t capacity)
    : repository_(repository), cache_(capacity) {
}

tenant_directory::entry tenant_directory::cached(std::string_view oauth_id) {
    const entry* found = cache_.find(oauth_id);
    return found ? *found : nullptr;
}

task<tenant_directory::entry> tenant_directory::find(std::string oauth_id) {
    if (entry known = cached(oauth_id)) co_return known;
    std::function<task<entry>()> attempt = [this, oauth_id] { return load(oauth_id); };
    co_return co_await loads_.get(oauth_id, std::move(attempt));
}

task<tenant_directory::entry> tenant_directory::load(std::string oauth_id) {
    const std::uint64_t before = changes_;
    std::optional<storage::tenant> stored = co_await repository_.find(oauth_id);
    if (!stored) co_return nullptr;
    entry loaded = std::make_shared<const storage::tenant>(std::move(*stored));
    if (changes_ == before) cache_.put(std::move(oauth_id), loaded);
    co_return loaded;
}

task<tenant_directory::entry> tenant_directory::put(storage::tenant value, std::int64_t expected) {
    ++changes_;
    cache_.erase(value.oauth_id);
    std::optional<storage::tenant> stored = co_await repository_.put(std::move(value), expected);
    ++changes_;
    if (!stored) co_return nullptr;
    entry kept = std::make_shared<const storage::tenant>(std::move(*stored));
    cache_.put(kept->oauth_id, kept);
    co_return kept;
}

task<bool> tenant_directory::set_state(std::string oauth_id, std::int64_t generation,
                                       storage::tenant::status state) {
    ++changes_;
    const bool changed = co_await repository_.set_state(oauth_id, generation, state);
    ++changes_;
    cache_.erase(oauth_id);
    co_return changed;
}

task<bool> tenant_directory::remove(std::string oauth_id, std::int64_t generation) {
    ++changes_;
    const bool removed = co_await repository_.remove(oauth_id, generation);
    ++changes_;
    cache_.erase(oauth_id);
    co_return removed;
}

}  // namespace hipchat::addons
