#include "base/deadline.hpp"

#include <coroutine>
#include <exception>
#include <memory>
#include <utility>

#include "base/spawn.hpp"

namespace hipchat {
namespace {

// What the waiting side and the work share; it outlives whichever ends first.
struct race {
    bool ended = false;
    std::exception_ptr failure;
    event_loop::timer limit = 0;
    std::coroutine_handle<> waiting;

    void wake() {
        if (const auto waiter = std::exchange(waiting, nullptr)) waiter.resume();
    }
};

class finish {
public:
    finish(event_loop& loop, std::chrono::nanoseconds limit, std::shared_ptr<race> of)
        : loop_(loop), limit_(limit), race_(std::move(of)) {}
    bool await_ready() const noexcept { return race_->ended; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        race_->waiting = awaiter;
        race_->limit = loop_.call_after(limit_, [of = race_] { of->wake(); });
    }
    void await_resume() const noexcept {}

private:
    event_loop& loop_;
    std::chrono::nanoseconds limit_;
    std::shared_ptr<race> race_;
};

}  // namespace

task<bool> ends_within(event_loop& loop, std::chrono::nanoseconds limit, task<> work) {
    const auto running = std::make_shared<race>();
    spawn(std::move(work), [running, &loop](const std::exception_ptr& failure) {
        running->ended = true;
        running->failure = failure;
        if (!running->waiting) return;
        loop.cancel(running->limit);
        running->wake();
    });
    finish either(loop, limit, running);
    co_await either;
    if (running->failure) std::rethrow_exception(running->failure);
    co_return running->ended;
}

}  // namespace hipchat
