#include "base/spawn.hpp"

#include <stdexcept>
#include <utility>

namespace hipchat {
namespace {

// A coroutine that nobody awaits; its frame frees itself at the end.
struct detached {
    struct promise_type {
        detached get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };
};

detached drive(task<> work, std::function<void(std::exception_ptr)> ended) {
    std::exception_ptr failure;
    try {
        co_await work;
    } catch (...) {
        failure = std::current_exception();
    }
    ended(failure);
}

}  // namespace

void spawn(task<> work, std::function<void(std::exception_ptr)> ended) {
    drive(std::move(work), std::move(ended));
}

void run_ready(task<> work) {
    bool ended = false;
    std::exception_ptr failure;
    spawn(std::move(work), [&](std::exception_ptr error) {
        ended = true;
        failure = std::move(error);
    });
    if (!ended) throw std::logic_error("run_ready: the task waits for something outside itself");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace hipchat
