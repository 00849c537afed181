#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/task.hpp"

namespace hipchat::storage {

/// Whose entries a partition holds: keys of one never meet keys of the other.
enum class data_space {
    author = 0,   ///< what the add-on's author keeps: hipchat::tenant_data
    library = 1,  ///< what this library keeps for a tenant, out of the author's sight; a little
};

/// The data of one installation. It is made from a stored tenant only, never from text that an
/// author or a request supplies; that is what keeps tenants apart.
struct data_partition {
    std::string oauth_id = {};
    std::int64_t since = 0;  ///< tenant::since
    data_space space = data_space::author;
};

struct data_entry {
    std::string key = {};
    std::string value = {};
};

enum class data_change {
    done,
    differs,  ///< nothing was changed: what is stored is not what was expected
    gone,     ///< nothing was changed: the tenant of the partition is not installed any more
};

/// Texts by partition and key, beside the tenants of the same store. Keys are compared and ordered
/// by their bytes. Loop thread only; every task ends there. A change is durable when its task ends.
/// Throws storage_error when the store fails, `overloaded` when too much waits.
///
/// Data of a removed tenant can be read, but not changed, until they are purged; those of the
/// library go with the tenant.
class tenant_data_repository {
public:
    virtual ~tenant_data_repository() = default;
    tenant_data_repository() = default;
    tenant_data_repository(const tenant_data_repository&) = delete;
    tenant_data_repository& operator=(const tenant_data_repository&) = delete;

    virtual task<std::optional<std::string>> get(data_partition where, std::string key) = 0;

    /// Stores the value, whatever was there; done or gone.
    virtual task<data_change> set(data_partition where, std::string key, std::string value) = 0;

    /// Stores the value if what is stored is `expected` (absent: nothing is stored).
    virtual task<data_change> replace(data_partition where, std::string key,
                                      std::optional<std::string> expected, std::string value) = 0;

    /// Removes an entry; `differs` if there was none.
    virtual task<data_change> erase(data_partition where, std::string key) = 0;

    /// Entries whose keys begin with `prefix`, in order, at most `limit`, after the key `after`
    /// (empty: from the first).
    virtual task<std::vector<data_entry>> list(data_partition where, std::string prefix,
                                               std::string after, std::size_t limit) = 0;

    /// Removes the data of tenants that were found removed at least `grace` ago. The time of a
    /// removal is the first purge after it: then `now` is noted for it, durably. Safe to end at any
    /// point and to repeat. Returns the number of entries removed.
    virtual task<std::size_t> purge(std::chrono::seconds now, std::chrono::seconds grace) = 0;
};

}  // namespace hipchat::storage
