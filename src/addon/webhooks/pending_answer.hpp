#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "base/loop.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/task.hpp"

namespace hipchat::addons {

/// What a handler is going to answer, shared by the handler's run and by the request that waits for
/// it, so that the request can stop waiting. One waits at a time. Loop thread only.
struct pending_answer : std::enable_shared_from_this<pending_answer> {
    std::optional<notification> said = {};
    std::exception_ptr failure = {};
    bool ended = false;      ///< the handler has ended: the members above hold
    bool late = false;       ///< nobody waits for what it says any more
    bool delivered = false;  ///< nothing is left to do about it

    /// Continues whoever waits.
    void wake() {
        if (waiter_) std::exchange(waiter_, nullptr).resume();
    }

    /// Waits until the handler has ended, or for `limit`; zero: without limit.
    task<> wait(event_loop& loop, std::chrono::milliseconds limit) {
        if (ended) co_return;
        if (limit.count() == 0) {
            until_woken woken(*this);
            co_await woken;
            co_return;
        }
        const event_loop::timer alarm =
            loop.call_after(limit, [self = shared_from_this()] { self->wake(); });
        until_woken woken(*this);
        co_await woken;
        loop.cancel(alarm);
    }

    /// Waits until nothing is left to do.
    task<> wait_delivered() {
        while (!delivered) {
            until_woken woken(*this);
            co_await woken;
        }
    }

private:
    class until_woken {
    public:
        explicit until_woken(pending_answer& of) : of_(of) {}
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> awaiter) const noexcept {
            of_.waiter_ = awaiter;
        }
        void await_resume() const noexcept {}

    private:
        pending_answer& of_;
    };

    std::coroutine_handle<> waiter_ = {};
};

}  // namespace hipchat::addons
