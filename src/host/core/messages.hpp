#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/core/changes.hpp"

// What was said in a room: the messages and notifications of the feed, and what becomes of them.
// Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// A part of a room's history. Dates are as write_date writes them, which sorts as the times do.
struct history_part {
    std::int64_t room_id = 0;
    std::string latest = {};    ///< empty: up to now
    std::string earliest = {};  ///< empty: from the beginning
    std::int64_t start = 0;     ///< how many to leave out, counted from the latest
    std::int64_t most = 100;
    bool include_deleted = false;
};

/// Newest first.
std::vector<change_ptr> read_history(connection& on, const history_part& wanted);

/// The message or notification of that id in that room; null if there is none.
change_ptr find_message(connection& on, std::int64_t room_id, const std::string& id);

/// How much was said in a room.
struct room_activity {
    std::int64_t messages = 0;
    std::string last = {};  ///< date of the last; empty: nothing was said
};
room_activity read_activity(connection& on, std::int64_t room_id);

enum class edit_result { done, unknown, not_the_author, too_old };

/// Replaces the text of a person's own message and says so in the feed.
/// @param text     empty optional: the message is deleted, and its text and what was attached is
/// gone
/// @param earliest date of the oldest message that may still be changed
edit_result edit_message(connection& on, std::int64_t room_id, const std::string& id,
                         const person& author, const std::optional<std::string>& text,
                         const std::string& earliest, change_draft entry);

}  // namespace hipchat::host
