#include "base/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "queue_loop.hpp"

namespace hipchat {
namespace {

using test::queue_loop;

task<> add_on_pool(worker_pool& pool, queue_loop& loop, int times, long& sum) {
    for (int i = 0; i < times; ++i) {
        auto one = [] { return 1; };
        sum += co_await pool.run(loop, one);
    }
}

// Completion races with suspension on another thread each time.
TEST(worker_pool, completes_twenty_thousand_awaits_in_a_row) {
    worker_pool pool(2, 16);
    queue_loop loop;
    long sum = 0;
    loop.run(add_on_pool(pool, loop, 20'000, sum));
    EXPECT_EQ(sum, 20'000);
}

TEST(worker_pool, works_on_its_thread_and_comes_back_to_the_loop) {
    worker_pool pool(1, 4);
    queue_loop loop;
    const auto looking = [](worker_pool& on, queue_loop& back) -> task<> {
        const std::thread::id here = std::this_thread::get_id();
        auto look = [] { return std::this_thread::get_id(); };
        const std::thread::id there = co_await on.run(back, look);
        EXPECT_NE(here, there);
        EXPECT_EQ(here, std::this_thread::get_id());
    };
    loop.run(looking(pool, loop));
}

TEST(worker_pool, throws_what_the_function_threw_on_the_loop) {
    worker_pool pool(1, 4);
    queue_loop loop;
    const auto failing = [](worker_pool& on, queue_loop& back) -> task<> {
        const std::thread::id here = std::this_thread::get_id();
        auto fail = []() -> int { throw std::runtime_error("no"); };
        auto fail_quietly = [] { throw std::logic_error("never"); };
        try {
            co_await on.run(back, fail);
        } catch (const std::runtime_error&) {
            EXPECT_EQ(here, std::this_thread::get_id());
        }
        co_await on.run(back, fail_quietly);
    };
    EXPECT_THROW(loop.run(failing(pool, loop)), std::logic_error);
}

TEST(worker_pool, carries_results_that_can_only_be_moved) {
    worker_pool pool(1, 4);
    queue_loop loop;
    const auto taking = [](worker_pool& on, queue_loop& back) -> task<> {
        auto make = [text = std::string(100, 'x')] { return std::make_unique<std::string>(text); };
        const std::unique_ptr<std::string> made = co_await on.run(back, make);
        EXPECT_EQ(made->size(), 100U);
    };
    loop.run(taking(pool, loop));
}

TEST(worker_pool, refuses_more_than_its_queue_holds) {
    std::latch started(1);
    std::latch released(1);
    std::atomic<int> done = 0;
    {
        worker_pool pool(1, 2);
        pool.submit([&] {
            started.count_down();
            released.wait();
            ++done;
        });
        started.wait();
        pool.submit([&] { ++done; });
        pool.submit([&] { ++done; });
        EXPECT_THROW(pool.submit([&] { ++done; }), overloaded);
        released.count_down();
    }
    EXPECT_EQ(done, 3);
}

TEST(worker_pool, tells_the_caller_that_it_is_full) {
    std::latch started(1);
    std::latch released(1);
    worker_pool pool(1, 1);
    queue_loop loop;
    pool.submit([&] {
        started.count_down();
        released.wait();
    });
    started.wait();
    pool.submit([] {});
    const auto asking = [](worker_pool& on, queue_loop& back) -> task<> {
        auto nothing = [] {};
        co_await on.run(back, nothing);
    };
    EXPECT_THROW(loop.run(asking(pool, loop)), overloaded);
    released.count_down();
}

TEST(worker_pool, runs_what_is_queued_before_it_ends) {
    std::atomic<int> done = 0;
    {
        worker_pool pool(2, 1000);
        for (int i = 0; i < 1000; ++i)
            pool.submit([&] { ++done; });
    }
    EXPECT_EQ(done, 1000);
}

}  // namespace
}  // namespace hipchat
