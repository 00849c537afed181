#pragma once

#include <chrono>
#include <cstdint>

namespace hipchat::host {

/// The documented limits (host-side.md 3.5); 0: none.
struct limit_options {
    std::int64_t addon_calls = 500;       ///< per window and add-on
    std::int64_t user_calls = 100;        ///< per window and person, or room's token
    std::chrono::seconds window{300};     ///< of the two above
    std::int64_t messages_a_minute = 30;  ///< per room, or person written to
};

}  // namespace hipchat::host
