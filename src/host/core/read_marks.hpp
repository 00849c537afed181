#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/core/changes.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// What of a room a person has not read yet.
struct unread_count {
    std::int64_t room_id = 0;
    std::int64_t messages = 0;  ///< at most read_marks::most
    std::int64_t mentions = 0;  ///< of those, the ones that mention the person, @all or @here
};

/// How far each person has read each room. A room that somebody never read has nothing unread for
/// them. Loop thread only.
class read_marks {
public:
    static constexpr std::int64_t most = 100;

    read_marks(storage::sqlite::database& store, connection& on);

    /// The person has seen the room up to that change; earlier marks do not count.
    task<> put(std::int64_t person_id, std::int64_t room_id, std::int64_t seq);

    /// Of the rooms that have something unread, and that the person has read once. Costs at most
    /// `most` rows a room.
    task<std::vector<unread_count>> count(person who, std::vector<std::int64_t> rooms) const;

private:
    storage::sqlite::database& store_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> marks_;  ///< person, room: seq
};

}  // namespace hipchat::host
