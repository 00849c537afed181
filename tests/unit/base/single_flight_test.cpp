#include "base/single_flight.hpp"

#include <gtest/gtest.h>

#include <coroutine>
#include <stdexcept>
#include <string>
#include <vector>

namespace hipchat {
namespace {

// Attempts that end when the test says so.
class slow_source {
public:
    task<std::string> attempt() {
        ++attempts;
        co_await wait_;
        if (fails) throw std::runtime_error("refused");
        co_return "token " + std::to_string(attempts);
    }
    void finish() {
        const auto waiting = std::exchange(wait_.waiting, {});
        for (const std::coroutine_handle<> handle : waiting)
            handle.resume();
    }

    int attempts = 0;
    bool fails = false;

private:
    struct waiting_point {
        std::vector<std::coroutine_handle<>> waiting = {};
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) { waiting.push_back(handle); }
        void await_resume() const noexcept {}
    };
    waiting_point wait_;
};

struct outcome {
    std::string value;
    std::string failure;
};

task<> ask(single_flight<std::string, std::string>& flights, std::string key, slow_source& source,
           outcome& to) {
    std::function<task<std::string>()> attempt = [&source] { return source.attempt(); };
    try {
        to.value = co_await flights.get(std::move(key), std::move(attempt));
    } catch (const std::runtime_error& error) {
        to.failure = error.what();
    }
}

class single_flight_of_tokens : public testing::Test {
protected:
    void start(const std::string& key, outcome& to) {
        spawn(ask(flights_, key, source_, to), [](const std::exception_ptr&) {});
    }
    single_flight<std::string, std::string> flights_;
    slow_source source_;
};

TEST_F(single_flight_of_tokens, makes_one_attempt_for_many_callers) {
    std::vector<outcome> outcomes(1000);
    for (outcome& each : outcomes)
        start("key", each);
    EXPECT_EQ(source_.attempts, 1);
    EXPECT_EQ(flights_.size(), 1U);
    source_.finish();
    for (const outcome& each : outcomes)
        EXPECT_EQ(each.value, "token 1");
    EXPECT_EQ(flights_.size(), 0U);
}

TEST_F(single_flight_of_tokens, makes_one_attempt_a_key) {
    outcome first;
    outcome second;
    start("a", first);
    start("b", second);
    EXPECT_EQ(source_.attempts, 2);
    source_.finish();
    EXPECT_NE(first.value, "");
    EXPECT_NE(second.value, "");
}

TEST_F(single_flight_of_tokens, gives_a_failure_to_everyone_and_forgets_it) {
    source_.fails = true;
    std::vector<outcome> outcomes(3);
    for (outcome& each : outcomes)
        start("key", each);
    source_.finish();
    for (const outcome& each : outcomes)
        EXPECT_EQ(each.failure, "refused");
    source_.fails = false;
    outcome later;
    start("key", later);
    EXPECT_EQ(source_.attempts, 2);
    source_.finish();
    EXPECT_EQ(later.value, "token 2");
}

TEST_F(single_flight_of_tokens, does_not_remember_a_value_either) {
    outcome first;
    start("key", first);
    source_.finish();
    outcome second;
    start("key", second);
    source_.finish();
    EXPECT_EQ(first.value, "token 1");
    EXPECT_EQ(second.value, "token 2");
}

task<std::string> at_once() {
    co_return "ready";
}
task<std::string> failing_at_once() {
    throw std::runtime_error("at once");
    co_return "";
}

TEST(single_flight, works_with_attempts_that_end_at_once) {
    single_flight<int, std::string> flights;
    const auto asking = [](single_flight<int, std::string>& from) -> task<> {
        const std::string value = co_await from.get(1, at_once);
        EXPECT_EQ(value, "ready");
        co_await from.get(1, failing_at_once);
    };
    EXPECT_THROW(run_ready(asking(flights)), std::runtime_error);
    EXPECT_EQ(flights.size(), 0U);
}

// Whoever is woken may ask again before the others have woken.
task<> ask_twice(single_flight<std::string, std::string>& flights, slow_source& source,
                 std::vector<std::string>& to) {
    for (int i = 0; i < 2; ++i) {
        std::function<task<std::string>()> attempt = [&source] { return source.attempt(); };
        to.push_back(co_await flights.get("key", std::move(attempt)));
    }
}

TEST_F(single_flight_of_tokens, can_be_asked_again_by_whom_it_wakes) {
    std::vector<std::string> values;
    spawn(ask_twice(flights_, source_, values), [](const std::exception_ptr&) {});
    spawn(ask_twice(flights_, source_, values), [](const std::exception_ptr&) {});
    source_.finish();
    EXPECT_EQ(source_.attempts, 2);
    source_.finish();
    EXPECT_EQ(values, (std::vector<std::string>{"token 1", "token 1", "token 2", "token 2"}));
}

}  // namespace
}  // namespace hipchat
