#include "hipchat/task.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/spawn.hpp"
#include "hipchat/notification.hpp"

// Regressions for what g++ 12 makes of coroutines: the presets with sanitizers prove them.

namespace hipchat {
namespace {

task<int> ready(int value) {
    co_return value;
}

task<> count_ready_awaits(int times, long& sum) {
    for (int i = 0; i < times; ++i)
        sum += co_await ready(1);
}

TEST(task, awaits_a_million_ready_tasks_without_growing_the_stack) {
    long sum = 0;
    run_ready(count_ready_awaits(1'000'000, sum));
    EXPECT_EQ(sum, 1'000'000);
}

// Suspends, and is resumed by the test.
class gate {
public:
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) { waiting_ = awaiter; }
    void await_resume() const noexcept {}
    void open() { std::exchange(waiting_, nullptr).resume(); }

private:
    std::coroutine_handle<> waiting_;
};

task<> count_gates(gate& passed, int times, int& count) {
    for (; count < times; ++count)
        co_await passed;
}

TEST(task, is_suspended_and_resumed_a_hundred_thousand_times) {
    gate door;
    int count = 0;
    bool ended = false;
    spawn(count_gates(door, 100'000, count), [&](std::exception_ptr) { ended = true; });
    while (!ended)
        door.open();
    EXPECT_EQ(count, 100'000);
}

task<int> nested(int depth) {
    if (depth == 0) co_return 0;
    co_return 1 + co_await nested(depth - 1);
}

TEST(task, nests) {
    int depth = 0;
    const auto measure = [](int& to) -> task<> { to = co_await nested(1000); };
    run_ready(measure(depth));
    EXPECT_EQ(depth, 1000);
}

task<> wait_below(gate& door, int depth) {
    if (depth == 0)
        co_await door;
    else
        co_await wait_below(door, depth - 1);
}

TEST(task, nests_around_something_that_suspends) {
    gate door;
    bool ended = false;
    spawn(wait_below(door, 1000), [&](std::exception_ptr) { ended = true; });
    EXPECT_FALSE(ended);
    door.open();
    EXPECT_TRUE(ended);
}

task<int> failing(int depth) {
    if (depth == 0) throw std::runtime_error("deep down");
    co_return co_await failing(depth - 1);
}

TEST(task, passes_exceptions_through) {
    std::string caught;
    const auto catching = [](std::string& to) -> task<> {
        try {
            co_await failing(100);
        } catch (const std::runtime_error& error) {
            to = error.what();
        }
    };
    run_ready(catching(caught));
    EXPECT_EQ(caught, "deep down");
    const auto throwing = []() -> task<> { co_await failing(3); };
    EXPECT_THROW(run_ready(throwing()), std::runtime_error);
}

task<> fail_behind(gate& door) {
    co_await door;
    throw std::runtime_error("late");
}

TEST(task, passes_exceptions_through_after_it_was_suspended) {
    gate door;
    std::exception_ptr failure;
    spawn(fail_behind(door), [&](std::exception_ptr error) { failure = std::move(error); });
    EXPECT_FALSE(failure);
    door.open();
    EXPECT_THROW(std::rethrow_exception(failure), std::runtime_error);
}

task<std::unique_ptr<int>> make_unique_number(int value) {
    co_return std::make_unique<int>(value);
}

TEST(task, carries_results_that_can_only_be_moved) {
    int value = 0;
    const auto taking = [](int& to) -> task<> {
        const std::unique_ptr<int> number = co_await make_unique_number(7);
        to = *number;
    };
    run_ready(taking(value));
    EXPECT_EQ(value, 7);
}

task<> hold(std::shared_ptr<int> held) {
    ++*held;
    co_return;
}

TEST(task, never_starts_when_it_is_dropped_and_frees_what_it_holds) {
    const auto held = std::make_shared<int>(0);
    {
        const task<> dropped = hold(held);
        EXPECT_EQ(held.use_count(), 2);
    }
    EXPECT_EQ(held.use_count(), 1);
    EXPECT_EQ(*held, 0);
}

TEST(task, frees_what_it_replaces) {
    const auto held = std::make_shared<int>(0);
    task<> kept = hold(held);
    kept = hold(held);
    EXPECT_EQ(held.use_count(), 2);
    run_ready(std::move(kept));
    EXPECT_EQ(*held, 1);
}

task<std::size_t> length_of(notification sent) {
    co_return sent.message().size();
}

task<std::size_t> length_of_text(std::string text, std::vector<std::string>) {
    co_return text.size();
}

// With an aggregate in the place of notification, g++ 12 frees the text twice.
TEST(task, takes_a_notification_built_inside_the_await_expression) {
    std::size_t total = 0;
    const auto sending = [](std::size_t& to) -> task<> {
        const std::string name(100, 'x');
        to += co_await length_of("hi: " + name);
        to += co_await length_of(notification(name).in(color::green).notify().from(name));
        to += co_await length_of(notification::html("<b>" + name + "</b>"));
        to += co_await length_of_text("hi: " + name, std::vector<std::string>(3, name));
    };
    run_ready(sending(total));
    EXPECT_EQ(total, 104U + 100U + 107U + 104U);
}

}  // namespace
}  // namespace hipchat
