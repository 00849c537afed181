#pragma once

#include <coroutine>
#include <cstddef>
#include <utility>
#include <vector>

namespace hipchat::testing {

/// Holds back the coroutines that await it while it is closed. One thread.
///
///     co_await gate;
class gate {
public:
    explicit gate(bool open = true) : open_(open) {}
    gate(const gate&) = delete;
    gate& operator=(const gate&) = delete;

    void close() { open_ = false; }
    /// Opens it, and continues everyone who waits, in order.
    void open() {
        open_ = true;
        const auto waiting = std::exchange(waiting_, {});
        for (const std::coroutine_handle<> one : waiting)
            one.resume();
    }
    std::size_t waiting() const noexcept { return waiting_.size(); }

    bool await_ready() const noexcept { return open_; }
    void await_suspend(std::coroutine_handle<> awaiter) { waiting_.push_back(awaiter); }
    void await_resume() const noexcept {}

private:
    bool open_;
    std::vector<std::coroutine_handle<>> waiting_;
};

}  // namespace hipchat::testing
