#pragma once

#include <vector>

#include "host/core/changes.hpp"

// The rows of deliveries: what must still be sent, surviving a restart.

namespace hipchat::host {

/// Stores deliveries to clients that are still installed, and that everything up to `cursor` has
/// been planned: both or neither. Returns what was stored, with ids.
std::vector<delivery> store_plan(connection& on, std::vector<delivery> due, std::int64_t cursor);

/// Up to which change deliveries have been planned.
std::int64_t planned_until(connection& on);

/// All that is due, in order.
std::vector<delivery> read_deliveries(connection& on);

void remove_delivery(connection& on, std::int64_t id);

}  // namespace hipchat::host
