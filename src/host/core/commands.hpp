#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "host/core/feed.hpp"
#include "host/core/messages.hpp"
#include "host/core/posting.hpp"
#include "host/core/values.hpp"

namespace hipchat::host {

/// What a person says.
struct said {
    std::string text = {};       ///< 1 to 10000 characters; with a file or link it may be empty
    std::string origin_id = {};  ///< what the sender calls it, told to everybody; may be empty
    json::object attached = {};  ///< members of the change: "file", "link", "parent_id"
};

/// Who sends a notification: a client, or a room's token (then without a client), and under what
/// name.
struct notifier {
    client_ptr client = {};
    std::string name = {};
};

/// What can be done in a room. Each command is one transaction that ends in the change feed, and is
/// done once per origin. When entering or leaving ends, `presence` knows. Loop thread only.
class commands {
public:
    commands(database& store, const clock& time, feed& news)
        : store_(store), time_(time), feed_(news) {}

    /// Empty if the person is there already.
    task<std::optional<change>> enter(origin from, std::int64_t room_id, person who);
    /// Empty if the person is not there.
    task<std::optional<change>> leave(origin from, std::int64_t room_id, person who);
    task<change> say(origin from, std::int64_t room_id, person who, said what);
    /// Says something to another person, or to oneself; it is not in the feed.
    /// @param what its text has 1 to 10000 characters; with a file or link it may be empty
    task<change> say_to(person who, person to, said what);
    /// Replaces the text of one's own message, for 24 hours after it was said.
    /// @param text 1 to 10000 characters; empty optional: deletes the message
    task<edit_result> edit(std::int64_t room_id, std::string message_id, person who,
                           std::optional<std::string> text);
    /// Says in the room that a person was invited into it.
    /// @param by     name of whoever did
    /// @param reason may be empty
    task<change> invite(std::int64_t room_id, std::string by, person invited, std::string reason);
    /// Empty if the add-on has been uninstalled meanwhile.
    task<std::optional<change>> notify(origin from, std::int64_t room_id, notifier sender,
                                       posting what);

private:
    // Changes who is in a room by one statement (room id, person id), of static storage. Empty if
    // it changes nothing.
    task<std::optional<change>> move(std::string_view presence, change_draft entry, person who);
    change_draft draft(origin from, std::int64_t room_id, std::string_view kind) const;

    database& store_;
    const clock& time_;
    feed& feed_;
};

/// Empties the rooms of a host that starts: everybody in `presence` leaves.
void close_presence(connection& on, wall_time now);

}  // namespace hipchat::host
