#include "addon/background/scheduler.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/describe.hpp"
#include "base/spawn.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::addons {

scheduler::~scheduler() {
    if (wake_up_ != 0) loop_.cancel(wake_up_);
    if (drain_limit_ != 0) loop_.cancel(drain_limit_);
}

void scheduler::once(std::string name, job work) {
    entries_.push_back({std::move(name), std::nullopt, std::move(work)});
}

void scheduler::every(std::string name, std::chrono::milliseconds interval, job work) {
    if (interval <= std::chrono::milliseconds(0))
        throw config_error("every: the interval must be longer than nothing");
    entries_.push_back({std::move(name), interval, std::move(work)});
}

void scheduler::begin() {
    if (begun_ || draining_) return;
    begun_ = true;
    const steady_time now = clock_.monotonic();
    for (std::size_t which = 0; which < entries_.size(); ++which) {
        if (entries_[which].interval)
            entries_[which].due = now + *entries_[which].interval;
        else
            start(which);
    }
    wake_in_time();
}

void scheduler::run_due() {
    if (!begun_ || draining_) return;
    const steady_time now = clock_.monotonic();
    for (std::size_t which = 0; which < entries_.size(); ++which) {
        entry& one = entries_[which];
        if (!one.interval || one.due > now) continue;
        one.due = now + *one.interval;
        if (one.running)
            log_.warning("background work takes longer than its interval; one time is left out",
                         {{"work", one.name}});
        else
            start(which);
    }
    wake_in_time();
}

void scheduler::start(std::size_t which) {
    entries_[which].running = true;
    ++running_;
    // What a job throws before it returns its task counts as well.
    auto working = [](const job& work) -> task<> {
        task<> under_way = work();
        co_await under_way;
    };
    spawn(working(entries_[which].work),
          [this, which](const std::exception_ptr& failure) { ended(which, failure); });
}

void scheduler::ended(std::size_t which, const std::exception_ptr& failure) {
    entries_[which].running = false;
    --running_;
    if (failure)
        log_.error("background work failed",
                   {{"work", entries_[which].name}, {"error", describe(failure)}});
    if (draining_ && running_ == 0) report_drained();
}

void scheduler::wake_in_time() {
    if (draining_) return;
    std::optional<steady_time> next;
    for (const entry& one : entries_)
        if (one.interval && (!next || one.due < *next)) next = one.due;
    if (wake_up_ != 0) loop_.cancel(std::exchange(wake_up_, 0));
    if (!next) return;
    const auto wait = std::max(*next - clock_.monotonic(), steady_time::duration(0));
    wake_up_ = loop_.call_after(wait, [this] {
        wake_up_ = 0;
        run_due();
    });
}

void scheduler::drain(std::chrono::milliseconds limit,
                      std::function<void(std::size_t left)> drained) {
    if (draining_) return;
    draining_ = true;
    drained_ = std::move(drained);
    if (wake_up_ != 0) loop_.cancel(std::exchange(wake_up_, 0));
    if (running_ == 0) {
        report_drained();
        return;
    }
    drain_limit_ = loop_.call_after(limit, [this] {
        drain_limit_ = 0;
        report_drained();
    });
}

// May be called from within the last job: the report comes a turn later.
void scheduler::report_drained() {
    if (!drained_) return;
    if (drain_limit_ != 0) loop_.cancel(std::exchange(drain_limit_, 0));
    loop_.post([drained = std::exchange(drained_, nullptr), left = running_] { drained(left); });
}

}  // namespace hipchat::addons
