#pragma once

#include <map>
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

/// The people, all of them in memory. Loop thread only.
class people {
public:
    people(storage::sqlite::database& store, connection& on);

    /// The person of that name, who is made if nobody has it.
    /// @param name as tidy_name gave it
    task<person> named(std::string name);

    /// Whom `text` mentions as @mention_name, each once, in order of appearance.
    std::vector<person> mentioned_in(std::string_view text) const;

private:
    void remember(const person& each);

    storage::sqlite::database& store_;
    std::map<std::string, person, std::less<>> by_name_;     ///< in lower case
    std::map<std::string, person, std::less<>> by_mention_;  ///< in lower case
};

}  // namespace hipchat::host
