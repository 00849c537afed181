#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "hipchat/secret.hpp"
#include "host/core/tables.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// Links with which people who have no password yet choose one; each works once. Only their
/// SHA-256 is kept. Loop thread only.
class invitations {
public:
    static constexpr std::chrono::hours lifetime{24 * 7};

    invitations(storage::sqlite::database& store, const clock& time, connection& on);

    /// A new code for that person; an earlier one is void.
    task<secret> invite(std::int64_t person_id);

    /// Whom the code invites; empty if it is void.
    std::optional<std::int64_t> find(const secret& code) const;

    /// Uses the code up; false if somebody was faster.
    task<bool> take(secret code);

    /// The person's link is void.
    task<> cancel(std::int64_t person_id);

    /// When the person's link ends, since 1970; empty: there is none that works.
    std::optional<std::chrono::seconds> of_person(std::int64_t person_id) const;

private:
    struct invitation {
        std::int64_t person_id = 0;
        std::chrono::seconds expires{0};
    };

    storage::sqlite::database& store_;
    const clock& time_;
    std::map<std::string, invitation, std::less<>> by_hash_;
};

}  // namespace hipchat::host
