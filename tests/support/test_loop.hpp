#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/loop.hpp"
#include "base/spawn.hpp"
#include "hipchat/task.hpp"

namespace hipchat::testing {

/// An event loop for tests, driven by the test's own thread: run() does posted work until a task,
/// or all of several, have ended. It waits for at most 30 s, so that a lost wake-up fails a test
/// instead of hanging it.
class test_loop final : public event_loop {
public:
    void post(std::function<void()> work) override {
        const std::lock_guard lock(mutex_);
        posted_.push_back(std::move(work));
        changed_.notify_one();
    }

    timer call_after(std::chrono::nanoseconds delay, std::function<void()> work) override {
        const auto due = std::chrono::steady_clock::now() + delay;
        timers_.emplace(++last_timer_, std::pair(due, std::move(work)));
        return last_timer_;
    }

    void cancel(timer pending) override { timers_.erase(pending); }

    /// Runs `work` to its end; returns what it returned, throws what it threw.
    template <class T>
    T run(task<T> work) {
        std::exception_ptr failure;
        if constexpr (std::is_void_v<T>) {
            drive(std::move(work), failure);
            if (failure) std::rethrow_exception(failure);
        } else {
            std::optional<T> value;
            drive(store(std::move(work), value), failure);
            if (failure) std::rethrow_exception(failure);
            // NOLINTNEXTLINE(bugprone-unchecked-optional-access): without an error there is a value
            return std::move(*value);
        }
    }

    /// Starts all of `works`, then runs until each has ended; returns what each threw, or null.
    std::vector<std::exception_ptr> run_all(std::vector<task<>> works) {
        std::vector<std::exception_ptr> failures(works.size());
        std::size_t ended = 0;
        for (std::size_t i = 0; i < works.size(); ++i)
            spawn(std::move(works[i]), [&ended, &failures, i](std::exception_ptr failure) {
                failures[i] = std::move(failure);
                ++ended;
            });
        run_until([&] { return ended == failures.size(); });
        return failures;
    }

    /// Does posted work and due timers on this thread until `done` is true.
    void run_until(const std::function<bool()>& done) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!done()) {
            run_due_timers();
            const std::function<void()> work = next_posted(deadline);
            if (work) work();
        }
    }

private:
    template <class T>
    static task<> store(task<T> work, std::optional<T>& value) {
        value.emplace(co_await work);
    }

    void drive(task<> work, std::exception_ptr& failure) {
        bool ended = false;
        spawn(std::move(work), [&](std::exception_ptr error) {
            failure = std::move(error);
            ended = true;
        });
        run_until([&] { return ended; });
    }

    void run_due_timers() {
        const auto now = std::chrono::steady_clock::now();
        while (true) {
            const auto due = std::ranges::find_if(
                timers_, [&](const auto& entry) { return entry.second.first <= now; });
            if (due == timers_.end()) return;
            const std::function<void()> work = std::move(due->second.second);
            timers_.erase(due);
            work();
        }
    }

    // Waits for posted work until the next timer; empty if there is none by then.
    std::function<void()> next_posted(std::chrono::steady_clock::time_point deadline) {
        auto until = deadline;
        for (const auto& [number, entry] : timers_)
            until = std::min(until, entry.first);
        std::unique_lock lock(mutex_);
        if (!changed_.wait_until(lock, until, [this] { return !posted_.empty(); })) {
            if (std::chrono::steady_clock::now() >= deadline)
                throw std::runtime_error("test_loop: nothing happened for 30 s");
            return {};
        }
        std::function<void()> work = std::move(posted_.front());
        posted_.pop_front();
        return work;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> posted_;
    // The loop thread's own.
    std::map<timer, std::pair<std::chrono::steady_clock::time_point, std::function<void()>>>
        timers_;
    timer last_timer_ = 0;
};

}  // namespace hipchat::testing
