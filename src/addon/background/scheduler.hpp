#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "hipchat/task.hpp"

namespace hipchat::addons {

/// Work that an add-on does by itself: once at the start, and again and again. What a job throws is
/// logged and does not end the others. A job that is still running when it is due again is left out
/// that time. Loop thread only; the references must outlive it, and it must outlive its jobs: it is
/// destroyed after a drain, or when the program ends.
class scheduler {
public:
    using job = std::function<task<>()>;

    scheduler(event_loop& loop, const clock& time, logger& log)
        : loop_(loop), clock_(time), log_(log) {}
    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;
    ~scheduler();

    /// Before begin(). @param name for the log
    void once(std::string name, job work);
    /// The same; the first time is one interval after begin(), the next one an interval after that
    /// began. Throws config_error if the interval is not positive.
    void every(std::string name, std::chrono::milliseconds interval, job work);

    /// Starts what is to be done once, and the intervals.
    void begin();

    /// Starts what is due by the clock. The loop calls it in time; tests that move their clock by
    /// hand call it themselves.
    void run_due();

    /// As http_server::drain: nothing starts any more, `drained` is called once no job is left, or
    /// when `limit` has passed: then with the number that was still under way.
    void drain(std::chrono::milliseconds limit, std::function<void(std::size_t left)> drained);

private:
    struct entry {
        std::string name;
        std::optional<std::chrono::milliseconds> interval;  // empty: once
        job work;
        steady_time due = {};
        bool running = false;
    };

    void start(std::size_t which);
    void ended(std::size_t which, const std::exception_ptr& failure);
    void wake_in_time();
    void report_drained();

    event_loop& loop_;
    const clock& clock_;
    logger& log_;
    std::vector<entry> entries_;
    event_loop::timer wake_up_ = 0;
    event_loop::timer drain_limit_ = 0;
    std::size_t running_ = 0;
    bool begun_ = false;
    bool draining_ = false;
    std::function<void(std::size_t)> drained_;
};

}  // namespace hipchat::addons
