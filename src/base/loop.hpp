#pragma once

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <functional>

#include "hipchat/task.hpp"

namespace hipchat {

/// The event loop as everything above `transport` sees it; transport implements it. One thread runs
/// the loop; what it runs must not block.
class event_loop {
public:
    using timer = std::uint64_t;  ///< names a pending call; never 0, never reused

    virtual ~event_loop() = default;
    event_loop() = default;
    event_loop(const event_loop&) = delete;
    event_loop& operator=(const event_loop&) = delete;

    /// Runs `work` on the loop thread, soon, in the order of posting. From any thread.
    virtual void post(std::function<void()> work) = 0;
    /// Runs `work` once after `delay`. Loop thread only.
    virtual timer call_after(std::chrono::nanoseconds delay, std::function<void()> work) = 0;
    /// Forgets a pending call; nothing happens if it has run. Loop thread only.
    virtual void cancel(timer pending) = 0;
};

/// Suspends the caller for `delay`. Loop thread only.
task<> sleep_for(event_loop& loop, std::chrono::nanoseconds delay);

/// Continues the caller on the loop thread, from whatever thread it is on.
class resume_on {
public:
    explicit resume_on(event_loop& loop) : loop_(loop) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) const;
    void await_resume() const noexcept {}

private:
    event_loop& loop_;
};

}  // namespace hipchat
