#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/loop.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

/// A task was refused because too many wait already; the caller sheds load (503).
class overloaded : public error {
public:
    using error::error;
};

/// Threads for work that would block the loop. The queue is bounded.
class worker_pool {
public:
    /// @param threads at least 1
    /// @param capacity how many calls may wait; one more is refused
    worker_pool(std::size_t threads, std::size_t capacity);
    worker_pool(const worker_pool&) = delete;
    worker_pool& operator=(const worker_pool&) = delete;
    /// Runs what is queued, then joins.
    ~worker_pool();

    /// Queues `work` for some thread; throws `overloaded` when the queue is full. From any thread.
    /// `work` must not throw.
    void submit(std::function<void()> work);

    /// Runs `function` on a thread of the pool and continues the caller on `loop` with its result,
    /// or with what it threw. `function` is owned by the call.
    template <class Function>
    task<std::invoke_result_t<Function&>> run(event_loop& loop, Function function);

private:
    void serve();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    std::size_t capacity_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

namespace detail {

// Moves the awaiting coroutine onto a thread of the pool.
class pool_awaiter {
public:
    explicit pool_awaiter(worker_pool& pool) : pool_(pool) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        pool_.submit([awaiter] { awaiter.resume(); });
    }
    void await_resume() const noexcept {}

private:
    worker_pool& pool_;
};

}  // namespace detail

template <class Function>
task<std::invoke_result_t<Function&>> worker_pool::run(event_loop& loop, Function function) {
    using result = std::invoke_result_t<Function&>;
    detail::pool_awaiter moved(*this);
    resume_on back(loop);
    std::exception_ptr failure;
    co_await moved;
    if constexpr (std::is_void_v<result>) {
        try {
            function();
        } catch (...) {
            failure = std::current_exception();
        }
        co_await back;
        if (failure) std::rethrow_exception(failure);
    } else {
        std::optional<result> value;
        try {
            value.emplace(function());
        } catch (...) {
            failure = std::current_exception();
        }
        co_await back;
        if (failure) std::rethrow_exception(failure);
        co_return std::move(*value);
    }
}

}  // namespace hipchat
