#pragma once

#include <atomic>
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace hipchat {

template <class T = void>
class task;

namespace detail {

// How an awaited task and its awaiter agree on who continues the awaiter.
//
// The child is resumed inside await_suspend. If it ends before await_suspend returns, the awaiter
// was never suspended and simply goes on; otherwise the child's end resumes it. Both sides exchange
// one atomic flag, because the child may end on another thread. There is no symmetric transfer:
// g++ 12 does not turn it into a tail call in unoptimised or sanitized builds, and a long row of
// ready awaits would overflow the stack.
class task_promise_base {
public:
    std::suspend_always initial_suspend() const noexcept { return {}; }

    struct final_awaiter {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
            task_promise_base& promise = ended.promise();
            const std::coroutine_handle<> awaiter = promise.awaiter_;
            // After this exchange the frame may be destroyed by the awaiter's thread.
            if (promise.parted_.exchange(true, std::memory_order_acq_rel)) awaiter.resume();
        }
        void await_resume() const noexcept {}
    };
    final_awaiter final_suspend() const noexcept { return {}; }

    void unhandled_exception() noexcept { error_ = std::current_exception(); }

    // Resumes `self` for the awaiter; true if the awaiter must stay suspended.
    bool start(std::coroutine_handle<> self, std::coroutine_handle<> awaiter) {
        awaiter_ = awaiter;
        self.resume();
        return !parted_.exchange(true, std::memory_order_acq_rel);
    }

protected:
    void rethrow_if_failed() const {
        if (error_) std::rethrow_exception(error_);
    }

private:
    std::coroutine_handle<> awaiter_;
    std::exception_ptr error_;
    std::atomic<bool> parted_{false};
};

template <class T>
class task_promise : public task_promise_base {
public:
    task<T> get_return_object() noexcept;
    template <class U = T>
        requires std::is_constructible_v<T, U&&>
    void return_value(U&& value) {
        value_.emplace(std::forward<U>(value));
    }
    T take() {
        rethrow_if_failed();
        return std::move(*value_);
    }

private:
    std::optional<T> value_;
};

template <>
class task_promise<void> : public task_promise_base {
public:
    task<void> get_return_object() noexcept;
    void return_void() const noexcept {}
    void take() const { rethrow_if_failed(); }
};

}  // namespace detail

/// A coroutine that produces one T, or throws. It starts when it is awaited, and is awaited once.
///
/// Ownership: the task owns its coroutine; dropping a task that was never awaited destroys it
/// unstarted. Dropping a task that is suspended in the middle is not allowed.
/// Threads: the awaiter continues on the thread on which the task ended. Everything in this library
/// ends its tasks on the loop thread unless it says otherwise.
///
/// In g++ 12, do not write a braced aggregate or a capturing lambda inside a `co_await` expression;
/// name it first. Every type that this library takes in a call has a constructor for that reason.
template <class T>
class [[nodiscard]] task {
public:
    using value_type = T;
    using promise_type = detail::task_promise<T>;

    task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    task& operator=(task&& other) noexcept {
        if (this != &other) {
            if (frame_) frame_.destroy();
            frame_ = std::exchange(other.frame_, nullptr);
        }
        return *this;
    }
    task(const task&) = delete;
    task& operator=(const task&) = delete;
    ~task() {
        if (frame_) frame_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> awaiter) {
        return frame_.promise().start(frame_, awaiter);
    }
    T await_resume() { return frame_.promise().take(); }

private:
    friend promise_type;
    explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}

    std::coroutine_handle<promise_type> frame_;
};

template <class T>
task<T> detail::task_promise<T>::get_return_object() noexcept {
    return task<T>(std::coroutine_handle<task_promise>::from_promise(*this));
}

inline task<void> detail::task_promise<void>::get_return_object() noexcept {
    return task<void>(std::coroutine_handle<task_promise>::from_promise(*this));
}

}  // namespace hipchat
