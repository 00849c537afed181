#pragma once

#include <chrono>
#include <coroutine>
#include <list>

#include "base/loop.hpp"

namespace hipchat::host {

/// Lets coroutines wait until something has happened, or their time is up. Loop thread only. Must
/// outlive those who wait.
class bell {
public:
    explicit bell(event_loop& loop) : loop_(loop) {}
    bell(const bell&) = delete;
    bell& operator=(const bell&) = delete;

    class waiting;
    /// Suspends the caller until the next ring(), at most for so long.
    waiting wait(std::chrono::nanoseconds at_most);

    /// Wakes all who wait now.
    void ring();
    /// Rings, and from now on nobody waits at all.
    void silence();
    bool is_silent() const noexcept { return silent_; }

private:
    struct waiter {
        std::coroutine_handle<> caller = {};
        event_loop::timer time_up = 0;
    };

    event_loop& loop_;
    std::list<waiter> waiters_;
    bool silent_ = false;
};

class bell::waiting {
public:
    waiting(bell& on, std::chrono::nanoseconds at_most) : bell_(on), at_most_(at_most) {}
    bool await_ready() const noexcept { return bell_.silent_ || at_most_.count() <= 0; }
    void await_suspend(std::coroutine_handle<> caller);
    void await_resume() const noexcept {}

private:
    bell& bell_;
    std::chrono::nanoseconds at_most_;
};

inline bell::waiting bell::wait(std::chrono::nanoseconds at_most) {
    return {*this, at_most};
}

}  // namespace hipchat::host
