#include "host/core/bell.hpp"

#include <utility>

namespace hipchat::host {

void bell::waiting::await_suspend(std::coroutine_handle<> caller) {
    bell& on = bell_;
    const auto place = on.waiters_.insert(on.waiters_.end(), {caller, 0});
    place->time_up = on.loop_.call_after(at_most_, [&on, place, caller] {
        on.waiters_.erase(place);
        caller.resume();
    });
}

void bell::ring() {
    const std::list<waiter> woken = std::exchange(waiters_, {});
    for (const waiter& each : woken)
        loop_.cancel(each.time_up);
    for (const waiter& each : woken)
        each.caller.resume();
}

void bell::silence() {
    silent_ = true;
    ring();
}

}  // namespace hipchat::host
