#pragma once

#include <chrono>

#include "base/loop.hpp"

namespace hipchat {

/// Waits for `work`, but no longer than `limit`; the work itself goes on until it ends.
/// @return whether the work ended in time; throws what it threw by then. What it throws later is
/// lost. Loop thread only.
task<bool> ends_within(event_loop& loop, std::chrono::nanoseconds limit, task<> work);

}  // namespace hipchat
