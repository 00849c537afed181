#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/log.hpp"
#include "hipchat/task.hpp"

namespace hipchat::host {

/// Work that goes on after its request has been answered: counted, so that a host that stops can
/// wait for it. Loop thread only. Must outlive the work.
class background {
public:
    explicit background(logger& log) : log_(log) {}
    background(const background&) = delete;
    background& operator=(const background&) = delete;

    /// Starts `work`; what it throws is logged as "`what` failed".
    /// @param what lives as long as the program
    void run(std::string_view what, task<> work);

    /// Calls `idle` once when nothing is under way, perhaps before it returns. One at a time.
    void when_idle(std::function<void()> idle);

    std::size_t under_way() const noexcept { return count_; }

private:
    void ended(std::string_view what, const std::exception_ptr& failure);

    logger& log_;
    std::size_t count_ = 0;
    std::function<void()> idle_;
};

}  // namespace hipchat::host
