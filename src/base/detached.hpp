#pragma once

#include <coroutine>
#include <exception>

namespace hipchat {

/// What a coroutine returns that nobody awaits: it starts at once, and its frame frees itself at
/// the end. An exception that leaves it ends the program, so it catches what it awaits.
struct detached {
    struct promise_type {
        detached get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };
};

}  // namespace hipchat
