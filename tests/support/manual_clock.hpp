#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

namespace hipchat::testing {

/// A clock that stands still until the test moves it. Begins on 2023-11-14 22:13:20 UTC. Safe from
/// every thread, as each clock: a test moves it while a loop of its own reads it.
class manual_clock final : public clock {
public:
    wall_time now() const override { return begin + passed(); }
    steady_time monotonic() const override {
        return steady_time(std::chrono::duration_cast<steady_time::duration>(passed()));
    }

    void advance(std::chrono::microseconds by) { passed_ += by.count(); }

private:
    static constexpr wall_time begin{std::chrono::seconds(1'700'000'000)};

    std::chrono::microseconds passed() const { return std::chrono::microseconds(passed_.load()); }

    std::atomic<std::int64_t> passed_{0};
};

}  // namespace hipchat::testing
