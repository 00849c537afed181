#pragma once

#include <chrono>

#include "base/clock.hpp"

namespace hipchat::testing {

/// A clock that stands still until the test moves it. Begins on 2023-11-14 22:13:20 UTC.
class manual_clock final : public clock {
public:
    wall_time now() const override { return now_; }
    steady_time monotonic() const override {
        return steady_time(std::chrono::duration_cast<steady_time::duration>(passed_));
    }

    void advance(std::chrono::microseconds by) {
        now_ += by;
        passed_ += by;
    }

private:
    wall_time now_{std::chrono::seconds(1'700'000'000)};
    std::chrono::microseconds passed_{0};
};

}  // namespace hipchat::testing
