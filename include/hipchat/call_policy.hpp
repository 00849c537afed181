#pragma once

#include <chrono>
#include <utility>

namespace hipchat {

/// How calls of the host behave: how long one may take with all its repetitions, and what it does
/// when the host asks to slow down (host-side.md 3.5).
///
/// In any case a call is repeated, with growing pauses, when no connection was made, and, where
/// repeating cannot do anything twice (GET, PUT, DELETE), when the connection broke or the host
/// answered with a status from 500.
class call_policy {
public:
    /// The whole call, waiting included; 10 s unless set, at least 1 ms.
    call_policy& within(std::chrono::milliseconds deadline) & {
        deadline_ = deadline;
        return *this;
    }
    call_policy&& within(std::chrono::milliseconds deadline) && {
        return std::move(within(deadline));
    }

    /// On: a call that is answered 429 waits for the time that the host named and is repeated, if
    /// that is within its deadline. Off, or if it is not: it throws rate_limited with that time.
    call_policy& wait_when_limited(bool on = true) & {
        waits_ = on;
        return *this;
    }
    call_policy&& wait_when_limited(bool on = true) && { return std::move(wait_when_limited(on)); }

    std::chrono::milliseconds deadline() const noexcept { return deadline_; }
    bool waits_when_limited() const noexcept { return waits_; }

private:
    std::chrono::milliseconds deadline_{10'000};
    bool waits_ = false;
};

}  // namespace hipchat
