#pragma once

#include <cstddef>

#include "host/core/tables.hpp"

// What retention removes. Each removes at most `most` rows, those of files that they shared
// included, and says how many: fewer than `most` when nothing is left. They run on the writing
// thread.

namespace hipchat::host {

/// Changes that the planner of deliveries has seen.
std::size_t remove_old_changes(connection& on, wall_time before, std::size_t most);

std::size_t remove_old_private_messages(connection& on, wall_time before, std::size_t most);

/// Files that were kept before then and are no picture of a room or a person. Their messages stay.
std::size_t drop_old_files(connection& on, wall_time before, std::size_t most);

}  // namespace hipchat::host
