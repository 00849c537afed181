#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/lru_map.hpp"

namespace hipchat::host {

/// What a caller may still do, for the headers of its answer (host-side.md 3.5).
struct allowance {
    std::int64_t limit = 0;  ///< per window; 0: there is no limit, the rest says nothing
    std::int64_t remaining = 0;
    std::chrono::seconds reset{0};  ///< since 1970: when the window ends
    bool is_refused = false;
};

/// So many calls per window for each key. A window begins with the first call in it. Loop thread
/// only; one call costs the same however many keys there are. The keys seen last are remembered:
/// one that is forgotten begins a new window.
class rate_limit {
public:
    /// @param most 0: no limit
    rate_limit(const clock& time, std::int64_t most, std::chrono::seconds window)
        : time_(time), most_(most), window_(window) {}

    /// Counts one call, unless it is refused.
    allowance take(std::string_view key);

private:
    struct used {
        std::int64_t calls = 0;
        std::chrono::seconds ends{0};
    };

    const clock& time_;
    std::int64_t most_;
    std::chrono::seconds window_;
    lru_map<std::string, used> by_key_{20'000};
};

}  // namespace hipchat::host
