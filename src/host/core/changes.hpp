#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/core/tables.hpp"
#include "host/core/values.hpp"

// The rows of the change feed. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// A change before it has its place in the feed.
struct change_draft {
    origin from = {};
    std::int64_t room_id = 0;
    std::string actor = {};
    json::object content = {};  ///< "id", "at", "kind" and what the kind has
};

struct appended {
    change made = {};
    bool repeated = false;  ///< the origin had been there before; `made` is what it caused then
};

/// The changes in rows of the columns seq, room_id, actor, content.
std::vector<change_ptr> read_changes(statement rows);

/// Whose activity a change shows: who came, went or said something; 0: nobody's.
std::int64_t active_in(const json::object& content);

/// Adds a change to the feed, unless its origin is there already, and says who was active.
appended append_change(connection& on, change_draft draft);

/// At most `limit` changes after `seq`, oldest first; of one room, or of all.
std::vector<change_ptr> changes_after(connection& on, std::optional<std::int64_t> room,
                                      std::int64_t seq, std::int64_t limit);

/// The newest `count` changes of a room, oldest first.
/// @param before seq of one that is later than all of them
std::vector<change_ptr> last_changes(connection& on, std::int64_t room, std::int64_t count,
                                     std::int64_t before = INT64_MAX);

/// Seq of the newest change; 0 if there is none.
std::int64_t newest_change(connection& on);

/// Where the reader of that name has got to; 0 for a new one.
std::int64_t read_cursor(connection& on, std::string_view name);
void write_cursor(connection& on, std::string_view name, std::int64_t seq);

}  // namespace hipchat::host
