// Work that is waited for, but not for ever. The loop of these tests fires its timers at once.

#include "base/deadline.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "queue_loop.hpp"

namespace hipchat {
namespace {

using namespace std::chrono_literals;

// Where a coroutine waits until somebody opens.
struct door {
    std::coroutine_handle<> waiting;
    void open() const { waiting.resume(); }
};

class stand_at {
public:
    explicit stand_at(door& closed) : door_(closed) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) noexcept { door_.waiting = awaiter; }
    void await_resume() const noexcept {}

private:
    door& door_;
};

task<> wait_at(door& closed, bool fails) {
    stand_at standing(closed);
    co_await standing;
    if (fails) throw std::runtime_error("late");
}

task<> end_at_once(bool fails) {
    if (fails) throw std::runtime_error("early");
    co_return;
}

task<> note(event_loop& loop, task<> work, bool& ended) {
    task<bool> waiting = ends_within(loop, 1s, std::move(work));
    ended = co_await waiting;
}

TEST(work_with_a_deadline, that_ends_is_reported) {
    test::queue_loop loop;
    bool ended = false;
    loop.run(note(loop, end_at_once(false), ended));
    EXPECT_TRUE(ended);
}

TEST(work_with_a_deadline, that_throws_throws) {
    test::queue_loop loop;
    bool ended = false;
    EXPECT_THROW(loop.run(note(loop, end_at_once(true), ended)), std::runtime_error);
}

TEST(work_with_a_deadline, that_is_late_goes_on_by_itself) {
    test::queue_loop loop;
    for (const bool fails : {false, true}) {
        door closed;
        bool ended = true;
        loop.run(note(loop, wait_at(closed, fails), ended));
        EXPECT_FALSE(ended);
        closed.open();
    }
}

}  // namespace
}  // namespace hipchat
