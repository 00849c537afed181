#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/worker_pool.hpp"
#include "hipchat/secret.hpp"
#include "host/core/tables.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// Who can sign in: people with a password. The first one owns the group, and the host is in
/// single-user mode until there is one. Loop thread only.
class accounts {
public:
    accounts(event_loop& loop, storage::sqlite::database& store, connection& on);

    /// Whether there are accounts, and people must sign in therefore.
    bool any() const noexcept { return !by_person_.empty(); }
    bool has(std::int64_t person_id) const { return by_person_.contains(person_id); }

    /// Sets the password, whatever it was.
    task<> set(std::int64_t person_id, secret password);
    /// The person cannot sign in any more.
    task<> drop(std::int64_t person_id);

    /// Whether it is that person's password. Somebody without an account, or nobody (0), takes as
    /// long as a wrong password. Throws `overloaded` when too many are asking.
    task<bool> is_password_of(std::int64_t person_id, secret password);

private:
    event_loop& loop_;
    storage::sqlite::database& store_;
    std::map<std::int64_t, std::string> by_person_;  ///< hashes
    worker_pool hashing_;                            ///< each call takes 64 MiB
};

}  // namespace hipchat::host
