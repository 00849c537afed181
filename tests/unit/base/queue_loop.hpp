#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "base/loop.hpp"
#include "base/spawn.hpp"

namespace hipchat::test {

/// The smallest event loop: runs on the thread that calls run(). It has no timers.
class queue_loop final : public event_loop {
public:
    void post(std::function<void()> work) override {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
        changed_.notify_one();
    }
    timer call_after(std::chrono::nanoseconds, std::function<void()> work) override {
        post(std::move(work));
        return ++timers_;
    }
    void cancel(timer) override {}

    /// Runs `work` to its end; throws what it threw.
    void run(task<> work) {
        bool ended = false;
        std::exception_ptr failure;
        spawn(std::move(work), [&](std::exception_ptr error) {
            failure = std::move(error);
            ended = true;
        });
        while (!ended)
            next()();
        if (failure) std::rethrow_exception(failure);
    }

private:
    std::function<void()> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !queue_.empty(); });
        std::function<void()> work = std::move(queue_.front());
        queue_.pop_front();
        return work;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    timer timers_ = 0;
};

}  // namespace hipchat::test
