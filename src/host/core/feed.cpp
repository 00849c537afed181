#include "host/core/feed.hpp"

#include <utility>

namespace hipchat::host {
namespace {

constexpr std::int64_t batch = 500;
constexpr std::chrono::seconds patience_of_reach{10};

}  // namespace

void feed::wake() {
    stale_ = true;
    if (pumping_) return;
    pumping_ = true;
    work_.run("reading the change feed", pump());
}

task<> feed::pump() {
    try {
        while (std::exchange(stale_, false)) {
            std::size_t count = batch;
            while (count == batch) {
                task<std::vector<change_ptr>> reading = after(newest_, batch);
                const std::vector<change_ptr> fresh = co_await reading;
                count = fresh.size();
                for (const change_ptr& each : fresh)
                    publish(each);
            }
        }
    } catch (...) {
        pumping_ = false;
        throw;
    }
    pumping_ = false;
}

void feed::publish(const change_ptr& made) {
    newest_ = made->seq;
    listeners_.tell(made);
    bell_.ring();
}

task<> feed::reach(std::int64_t seq) {
    wake();
    while (newest_ < seq && !bell_.is_silent()) {
        bell::waiting rung = bell_.wait(patience_of_reach);
        co_await rung;
    }
}

task<std::vector<change_ptr>> feed::after(std::int64_t room, std::int64_t seq, std::int64_t limit,
                                          std::chrono::nanoseconds patience) {
    const auto read = [room, seq, limit](connection& on) {
        return changes_after(on, room, seq, limit);
    };
    const auto until = time_.monotonic() + patience;
    while (true) {
        const std::int64_t seen = newest_;
        task<std::vector<change_ptr>> reading = store_.read(read);
        std::vector<change_ptr> found = co_await reading;
        const auto left = until - time_.monotonic();
        if (!found.empty() || left.count() <= 0 || bell_.is_silent()) co_return found;
        if (newest_ != seen) continue;
        bell::waiting rung = bell_.wait(left);
        co_await rung;
    }
}

task<std::vector<change_ptr>> feed::after(std::int64_t seq, std::int64_t limit) {
    const auto read = [seq, limit](connection& on) {
        return changes_after(on, std::nullopt, seq, limit);
    };
    task<std::vector<change_ptr>> reading = store_.read(read);
    co_return co_await reading;
}

task<std::vector<change_ptr>> feed::last(std::int64_t room, std::int64_t count) {
    const auto read = [room, count](connection& on) { return last_changes(on, room, count); };
    task<std::vector<change_ptr>> reading = store_.read(read);
    co_return co_await reading;
}

}  // namespace hipchat::host
