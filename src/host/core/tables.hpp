#pragma once

#include <span>

#include "base/clock.hpp"
#include "storage/sqlite/statement.hpp"

namespace hipchat::host {

using storage::sqlite::connection;
using storage::sqlite::statement;

/// The schema of host.db, as the scripts that lead to it.
std::span<const char* const> migrations();

/// Gives a fresh file its group and its first room, *Lobby*; does nothing to any other.
void seed(connection& on, wall_time now);

/// Times are stored as microseconds since 1970.
std::int64_t to_column(wall_time when);
wall_time from_column(std::int64_t microseconds);

}  // namespace hipchat::host
