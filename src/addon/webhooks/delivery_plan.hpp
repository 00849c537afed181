#pragma once

#include <chrono>

namespace hipchat::addons {

/// What happened to a kept delivery.
enum class delivery_event {
    taken,        ///< the next attempt may begin
    handled,      ///< its handler has ended well
    threw,        ///< its handler has thrown
    void_tenant,  ///< its tenant is not installed any more
    void_hook,    ///< no handler takes it any more
};

/// What is to be done about it next.
struct delivery_step {
    enum class action {
        run,
        remove,    ///< it is done
        drop,      ///< remove it, although it was not done
        postpone,  ///< until `due`
        bury,      ///< it has failed too often: keep it, and never try again
    };

    action what = action::run;
    std::chrono::milliseconds due{0};  ///< since 1970; if postponed

    friend bool operator==(const delivery_step&, const delivery_step&) = default;
};

/// How often a delivery is attempted; an attempt that the end of the program interrupts counts.
constexpr int most_attempts = 8;

/// Says what follows; pure. Pauses grow from one second fourfold to an hour.
/// @param attempt the number of the attempt that is to begin, or has ended, from 1
/// @param now     since 1970
/// @param jitter  0 to 1, at random; shortens a pause by up to a half
delivery_step step_after(delivery_event event, int attempt, std::chrono::milliseconds now,
                         double jitter) noexcept;

}  // namespace hipchat::addons
