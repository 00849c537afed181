#pragma once

#include <chrono>

namespace hipchat {

using wall_time = std::chrono::sys_time<std::chrono::microseconds>;
using steady_time = std::chrono::steady_clock::time_point;

/// Where the time comes from. Injected everywhere, so that tests own it. Safe from every thread.
class clock {
public:
    virtual ~clock() = default;
    clock() = default;
    clock(const clock&) = delete;
    clock& operator=(const clock&) = delete;

    /// Calendar time, UTC; may jump.
    virtual wall_time now() const = 0;
    /// Never goes back; only differences have a meaning.
    virtual steady_time monotonic() const = 0;

    /// now() as whole seconds since 1970, as tokens carry it.
    std::chrono::seconds unix_time() const {
        return std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch());
    }
};

/// The machine's clock; lives as long as the program.
const clock& system_clock();

}  // namespace hipchat
