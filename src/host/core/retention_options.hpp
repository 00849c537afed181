#pragma once

#include <chrono>
#include <cstddef>

namespace hipchat::host {

/// How long what people said and shared is kept.
struct retention_options {
    std::chrono::days messages{0};  ///< whatever happened in rooms, and private messages; 0: ever
    std::chrono::days files{0};     ///< shared files, but no pictures of rooms and people; 0: ever
    std::chrono::minutes interval{60};    ///< from the end of one sweep to the next
    std::chrono::milliseconds pause{50};  ///< between two steps, in which others write
    std::size_t step = 200;               ///< rows at a time
};

}  // namespace hipchat::host
