#include "transport/io_loop.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "base/loop.hpp"
#include "base/spawn.hpp"

namespace hipchat::transport {
namespace {

using std::chrono::milliseconds;

TEST(posted_work, runs_in_the_order_of_posting) {
    io_loop loop;
    std::string order;
    for (const char each : {'a', 'b', 'c'})
        loop.post([&order, each] { order += each; });
    loop.post([&] { loop.stop(); });
    loop.run();
    EXPECT_EQ(order, "abc");
}

TEST(posted_work, comes_from_any_thread) {
    io_loop loop;
    int count = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i)
                loop.post([&] {
                    if (++count == 4000) loop.stop();
                });
        });
    loop.run();
    for (std::thread& each : threads)
        each.join();
    EXPECT_EQ(count, 4000);
}

TEST(later_calls, run_in_the_order_of_their_times) {
    io_loop loop;
    std::string order;
    loop.call_after(milliseconds(30), [&] { loop.stop(); });
    loop.call_after(milliseconds(20), [&] { order += 'c'; });
    loop.call_after(milliseconds(10), [&] { order += 'b'; });
    loop.call_after(milliseconds(0), [&] { order += 'a'; });
    loop.run();
    EXPECT_EQ(order, "abc");
}

TEST(a_cancelled_call, does_not_run_not_even_when_it_is_due) {
    io_loop loop;
    bool ran = false;
    const auto never = loop.call_after(milliseconds(0), [&] { ran = true; });
    EXPECT_NE(never, 0U);
    loop.cancel(never);
    loop.cancel(never);
    loop.cancel(12345);
    loop.call_after(milliseconds(20), [&] { loop.stop(); });
    loop.run();
    EXPECT_FALSE(ran);
}

TEST(a_call, may_cancel_itself_and_others_and_call_again) {
    io_loop loop;
    event_loop::timer self = 0;
    event_loop::timer other = 0;
    bool ran = false;
    self = loop.call_after(milliseconds(1), [&] {
        loop.cancel(self);
        loop.cancel(other);
        loop.call_after(milliseconds(20), [&] { loop.stop(); });
    });
    other = loop.call_after(milliseconds(10), [&] { ran = true; });
    loop.run();
    EXPECT_FALSE(ran);
}

TEST(a_coroutine, sleeps_on_the_loop) {
    io_loop loop;
    const auto begun = std::chrono::steady_clock::now();
    loop.post([&] {
        spawn(sleep_for(loop, milliseconds(30)), [&](const std::exception_ptr&) { loop.stop(); });
    });
    loop.run();
    EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(30));
}

TEST(what_is_pending, is_dropped_with_the_loop) {
    const auto held = std::make_shared<int>(1);
    {
        io_loop loop;
        loop.post([held] {});
        loop.call_after(std::chrono::hours(1), [held] {});
        EXPECT_EQ(held.use_count(), 3);
    }
    EXPECT_EQ(held.use_count(), 1);
}

// Runs `child` in a process of its own; its wait status.
template <class Function>
int status_of(Function child) {
    const pid_t pid = fork();
    if (pid == 0) {
        child();
        _exit(99);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

TEST(the_first_signal, ends_the_program_its_own_way) {
    const int status = status_of([] {
        io_loop loop;
        int seen = 0;
        loop.on_termination([&](int signal) {
            seen = signal;
            loop.stop();
        });
        loop.post([] { kill(getpid(), SIGTERM); });
        loop.run();
        _exit(seen == SIGTERM ? 7 : 8);
    });
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(the_second_signal, ends_a_program_that_is_stuck) {
    const int status = status_of([] {
        io_loop loop;
        loop.on_termination([&](int) {
            kill(getpid(), SIGINT);
            for (;;)
                pause();
        });
        loop.post([] { kill(getpid(), SIGTERM); });
        loop.run();
    });
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 128 + SIGINT);
}

}  // namespace
}  // namespace hipchat::transport
