#include "base/loop.hpp"

namespace hipchat {
namespace {

class timer_awaiter {
public:
    timer_awaiter(event_loop& loop, std::chrono::nanoseconds delay) : loop_(loop), delay_(delay) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        loop_.call_after(delay_, [awaiter] { awaiter.resume(); });
    }
    void await_resume() const noexcept {}

private:
    event_loop& loop_;
    std::chrono::nanoseconds delay_;
};

}  // namespace

task<> sleep_for(event_loop& loop, std::chrono::nanoseconds delay) {
    timer_awaiter elapsed(loop, delay);
    co_await elapsed;
}

void resume_on::await_suspend(std::coroutine_handle<> awaiter) const {
    loop_.post([awaiter] { awaiter.resume(); });
}

}  // namespace hipchat
