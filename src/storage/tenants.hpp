#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/secret.hpp"
#include "hipchat/task.hpp"

namespace hipchat::storage {

/// One installation of an add-on, as it is kept.
struct tenant {
    enum class status {
        active,
        suspended,  ///< an uninstall could not be verified yet; asked again until it can
    };

    std::string oauth_id = {};
    hipchat::secret secret = {};
    std::optional<std::int64_t> group_id = {};
    std::string group_name = {};
    std::optional<std::int64_t> room_id = {};  ///< absent: the whole group
    std::string capabilities_url = {};
    std::string api_url = {};  ///< ends with a slash
    std::string token_url = {};
    std::string homepage = {};           ///< may be empty
    std::string authorization_url = {};  ///< may be empty
    /// Grows with every install of the same oauthId, also across an uninstall; what was made for a
    /// lower generation is void.
    std::int64_t generation = 0;
    /// The generation of the install that it began with: updates keep it. Its data belong to
    /// (oauth_id, since), see tenant_data.hpp.
    std::int64_t since = 0;
    tenant::status state = status::active;
};

/// By what tenants are looked up beside their oauthId. Ids of groups and rooms are those of their
/// host: two hosts may use the same.
enum class tenant_place { group, room };

/// Where tenants are kept. Loop thread only; every task ends there. A change is durable when its
/// task ends. Throws storage_error when the store fails, `overloaded` when too much waits.
class tenant_repository {
public:
    virtual ~tenant_repository() = default;
    tenant_repository() = default;
    tenant_repository(const tenant_repository&) = delete;
    tenant_repository& operator=(const tenant_repository&) = delete;

    virtual task<std::optional<tenant>> find(std::string oauth_id) = 0;

    /// Inserts or replaces the tenant of that oauthId, if its stored generation is `expected` (0:
    /// no tenant is stored now). Returns the stored tenant with its new generation, or nothing if
    /// someone else was faster. What the value says of `generation` and `since` does not count: a
    /// replaced tenant keeps its `since`; so does one that comes back with the secret and
    /// capabilities URL it was removed with, if its data were not purged meanwhile; any other
    /// begins anew.
    virtual task<std::optional<tenant>> put(tenant value, std::int64_t expected) = 0;

    /// Sets the state; false if the stored generation is not `generation`.
    virtual task<bool> set_state(std::string oauth_id, std::int64_t generation,
                                 tenant::status state) = 0;

    /// Removes the tenant; false if the stored generation is not `generation`. The generation is
    /// remembered. Its kept deliveries and the library's data go with it; its author's data stay
    /// until tenant_data_repository::purge.
    virtual task<bool> remove(std::string oauth_id, std::int64_t generation) = 0;

    /// The tenants in that state, at most `limit`, by oauthId after `after` (empty: from the
    /// first).
    virtual task<std::vector<tenant>> list(std::optional<tenant::status> state, std::string after,
                                           std::size_t limit) = 0;

    /// The active tenants of that group, or those installed into that room alone, as list() gives
    /// them.
    virtual task<std::vector<tenant>> list_in(tenant_place place, std::int64_t id,
                                              std::string after, std::size_t limit) = 0;
};

}  // namespace hipchat::storage
