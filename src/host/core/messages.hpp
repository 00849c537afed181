#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/core/changes.hpp"

// What was said: in a room, which are the messages and notifications of the feed, and between two
// people. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// Where something was said.
struct message_log {
    std::int64_t room_id = 0;  ///< 0: between two people
    std::int64_t one = 0;      ///< ids of these two; the same for both if one spoke to oneself
    std::int64_t other = 0;

    static message_log in_room(std::int64_t id) { return {.room_id = id}; }
    static message_log between(std::int64_t a, std::int64_t b) {
        return {.one = a < b ? a : b, .other = a < b ? b : a};
    }
};

/// A part of a history. Dates are as write_date writes them, which sorts as the times do.
struct history_part {
    std::string latest = {};    ///< empty: up to now
    std::string earliest = {};  ///< empty: from the beginning
    std::int64_t start = 0;     ///< how many to leave out, counted from the latest
    std::int64_t most = 100;
    bool include_deleted = false;
};

/// Newest first. What two people said has the shape of a message in the feed.
std::vector<change_ptr> read_history(connection& on, const message_log& from,
                                     const history_part& wanted);

/// The message or notification of that id; null if there is none.
change_ptr find_message(connection& on, const message_log& from, const std::string& id);

/// Stores what one person said to another.
/// @param entry its content is that of a message; its room does not matter
void append_private_message(connection& on, std::int64_t from_id, std::int64_t to_id,
                            const change_draft& entry);

/// How much was said in a room.
struct room_activity {
    std::int64_t messages = 0;
    std::string last = {};  ///< date of the last; empty: nothing was said
};
room_activity read_activity(connection& on, std::int64_t room_id);
/// The last of it alone, which costs the same however much was said.
std::string last_said(connection& on, std::int64_t room_id);

enum class edit_result { done, unknown, not_the_author, too_old };

/// Replaces the text of a person's own message and says so in the feed.
/// @param text     empty optional: the message is deleted, and its text and what was attached is
/// gone
/// @param earliest date of the oldest message that may still be changed
edit_result edit_message(connection& on, std::int64_t room_id, const std::string& id,
                         const person& author, const std::optional<std::string>& text,
                         const std::string& earliest, change_draft entry);

}  // namespace hipchat::host
