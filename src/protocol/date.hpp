#pragma once

#include <optional>
#include <string_view>

#include "hipchat/message.hpp"

namespace hipchat::protocol {

/// A date of the protocol (addon-side.md 5.3): `2016-09-09T08:23:02.932694+00:00`. A missing
/// fraction is zero, digits beyond microseconds are dropped, `Z` and other offsets are understood,
/// and no offset means UTC. Empty if it is no date.
std::optional<time_point> read_date(std::string_view text) noexcept;

}  // namespace hipchat::protocol
