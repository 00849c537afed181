#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace hipchat::addons {

/// Waits for several drains that go on at the same time. One thread.
class gathered_drain {
public:
    /// @param drained called when all parts have reported, with the sum of what they left
    explicit gathered_drain(std::function<void(std::size_t left)> drained)
        : state_(std::make_shared<state>(state{std::move(drained)})) {}

    /// For one more drain. All parts are taken before the first of them reports.
    std::function<void(std::size_t left)> part() {
        ++state_->waiting;
        return [state = state_](std::size_t left) {
            state->left += left;
            if (--state->waiting == 0) state->drained(state->left);
        };
    }

private:
    struct state {
        std::function<void(std::size_t)> drained;
        std::size_t waiting = 0;
        std::size_t left = 0;
    };

    std::shared_ptr<state> state_;
};

}  // namespace hipchat::addons
