#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/core/changes.hpp"
#include "host/core/tables.hpp"
#include "host/core/values.hpp"

// The rows of rooms. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// Every room that was not deleted, by id.
std::vector<room> read_rooms(connection& on);

/// Stores a new room; empty if its name is taken.
std::optional<room> insert_room(connection& on, room made);

/// Stores what a room has become, all but its id; false if its new name is taken or it is gone.
bool update_room(connection& on, const room& changed);

/// Marks the room as deleted, frees its name, and lets everybody in it go. False if it was already.
bool delete_room(connection& on, std::int64_t id);

/// Who belongs to a private room, and whether they administer it.
struct member {
    std::int64_t person_id = 0;
    bool is_admin = false;
};

/// Members of all rooms, as (room id, member).
std::vector<std::pair<std::int64_t, member>> read_members(connection& on);
void put_member(connection& on, std::int64_t room_id, member one);
bool remove_member(connection& on, std::int64_t room_id, std::int64_t person_id);

}  // namespace hipchat::host
