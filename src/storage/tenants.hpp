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
    tenant::status state = status::active;
};

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
    /// someone else was faster.
    virtual task<std::optional<tenant>> put(tenant value, std::int64_t expected) = 0;

    /// Sets the state; false if the stored generation is not `generation`.
    virtual task<bool> set_state(std::string oauth_id, std::int64_t generation,
                                 tenant::status state) = 0;

    /// Removes the tenant; false if the stored generation is not `generation`. The generation is
    /// remembered.
    virtual task<bool> remove(std::string oauth_id, std::int64_t generation) = 0;

    /// The tenants in that state, at most `limit`, by oauthId after `after` (empty: from the
    /// first).
    virtual task<std::vector<tenant>> list(std::optional<tenant::status> state, std::string after,
                                           std::size_t limit) = 0;
};

}  // namespace hipchat::storage
