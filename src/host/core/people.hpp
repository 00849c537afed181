#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/core/tables.hpp"
#include "host/core/values.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// What is left of a name that a person chose: white space around it is dropped. Empty if nothing
/// is left, it has more than 50 characters, holds control characters, or is not UTF-8.
std::optional<std::string> tidy_name(std::string_view chosen);

/// The mention name that `name` suggests: its letters, digits and bytes beyond ASCII, without the
/// rest; "person" if nothing is left (host-side.md 5).
std::string mention_name_of(std::string_view name);

/// Whether `text` can be a mention name: 1 to 50 bytes that mention_name_of would keep.
bool is_mention_name(std::string_view text);

/// Whether `text` mentions the person: by @mention_name, @all or @here.
bool mentions(const person& who, std::string_view text);

/// The people, all of them in memory. Loop thread only.
class people {
public:
    people(storage::sqlite::database& store, const clock& time, connection& on);

    /// The person of that name, who is made if nobody has it.
    /// @param name as tidy_name gave it
    task<person> named(std::string name);

    /// By id, e-mail, "@mention" or a mention name without its '@' (host-side.md 3.1), whatever the
    /// case of ASCII letters; those who were deleted included. Null if there is nobody; valid until
    /// the next change.
    const person* find(std::string_view id_email_or_mention) const;
    const person* find(std::int64_t id) const;

    /// By id; those who were deleted included.
    const std::map<std::int64_t, person>& all() const noexcept { return by_id_; }

    /// Empty if the name, the mention name or the e-mail is taken.
    /// @param made its id is not looked at; without a mention name it gets one
    task<std::optional<person>> create(person made);
    /// The same for somebody who is known; false if something is taken.
    task<bool> change(person changed);

    /// Somebody was active, as the feed tells; it has stored that already.
    void seen(std::int64_t id, wall_time when);

    /// Whom `text` mentions as @mention_name, each once, in order of appearance.
    std::vector<person> mentioned_in(std::string_view text) const;

private:
    void remember(const person& each);
    void forget(std::int64_t id);

    using index = std::map<std::string, std::int64_t, std::less<>>;  ///< in lower case

    storage::sqlite::database& store_;
    const clock& time_;
    std::map<std::int64_t, person> by_id_;
    index by_name_;
    index by_mention_;
    index by_email_;
};

}  // namespace hipchat::host
