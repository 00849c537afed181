#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "hipchat/secret.hpp"
#include "host/core/tables.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// A browser in which somebody is signed in.
struct session {
    std::string id = {};  ///< says which one to end; is no secret
    std::int64_t person_id = 0;
    std::string browser = {};         ///< its User-Agent, for its owner's eyes
    std::chrono::seconds created{0};  ///< since 1970
    std::chrono::seconds expires{0};  ///< since 1970
};

/// The sessions. Only the SHA-256 of what a browser has is kept. Loop thread only.
class sessions {
public:
    static constexpr std::chrono::hours lifetime{24 * 30};
    static constexpr std::chrono::hours guest_lifetime{24};

    sessions(storage::sqlite::database& store, const clock& time, connection& on);

    /// A new session; returns what its browser shows from then on.
    task<secret> begin(std::int64_t person_id, std::string browser, std::chrono::seconds good_for);

    /// Empty if the session has ended, or there never was one.
    std::optional<session> find(const secret& shown) const;
    bool is_open(const std::string& id) const;

    /// Newest first.
    std::vector<session> of_person(std::int64_t person_id) const;

    task<> end(std::string id);
    /// Ends all of a person's sessions but one.
    /// @param kept id of that one; empty: none is kept
    task<> end_all(std::int64_t person_id, std::string kept = {});

private:
    storage::sqlite::database& store_;
    const clock& time_;
    std::map<std::string, session, std::less<>> by_id_;
};

}  // namespace hipchat::host
