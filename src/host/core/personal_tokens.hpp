#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"
#include "host/core/people.hpp"
#include "host/core/tables.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// A token that a person made by hand (host-side.md 2): it acts as its person, or it puts
/// notifications into one room.
struct personal_token {
    std::int64_t person_id = 0;  ///< 0: of a room
    std::int64_t room_id = 0;    ///< 0: of a person
    std::vector<scope> scopes = {};
    std::string label = {};
    std::chrono::seconds created{0};  ///< since 1970
    std::chrono::seconds expires{0};  ///< since 1970
};

/// What a list of tokens shows: not the token itself, which nobody knows any more.
struct listed_token {
    std::string id = {};  ///< says which one to revoke; is no secret
    personal_token what = {};
};

/// The tokens of people and rooms. Only their SHA-256 is kept. Loop thread only.
class personal_tokens {
public:
    static constexpr std::chrono::hours lifetime{24 * 365};

    personal_tokens(storage::sqlite::database& store, const clock& time, connection& on);

    /// A new token of 40 letters and digits, good for a year.
    /// @param scopes those of a person's token
    /// @param label  for its owner's eyes
    task<secret> issue_for_person(std::int64_t person_id, std::vector<scope> scopes,
                                  std::string label);
    /// The same for a room: it may send notifications there, and nothing else.
    /// @param label the sender's name in the room
    task<secret> issue_for_room(std::int64_t room_id, std::string label);

    /// Empty if the token is void, or never was one.
    std::optional<personal_token> find(const secret& token) const;

    /// A person's own, or a room's, oldest first.
    std::vector<listed_token> of_person(std::int64_t person_id) const;
    std::vector<listed_token> of_room(std::int64_t room_id) const;

    /// @param id as a list shows it
    task<> revoke(std::string id);
    task<> revoke(const secret& token);

private:
    task<secret> issue(personal_token made);
    template <class Belongs>
    std::vector<listed_token> list(Belongs belongs) const;

    storage::sqlite::database& store_;
    const clock& time_;
    std::map<std::string, personal_token, std::less<>> by_hash_;
};

}  // namespace hipchat::host
