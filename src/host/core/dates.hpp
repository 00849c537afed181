#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace hipchat::host {

/// `when` as the protocol writes it, "2016-09-09T08:23:02.932694+00:00" (addon-side.md 5.3).
std::string write_date(wall_time when);

/// What write_date wrote; 1970 for anything else.
wall_time read_date(std::string_view text);

}  // namespace hipchat::host
