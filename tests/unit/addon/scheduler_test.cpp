// When background work is done, by a clock that the test owns.

#include "addon/background/scheduler.hpp"

#include <gtest/gtest.h>

#include "addon/background/gathered_drain.hpp"
#include "hipchat/errors.hpp"
#include "support/gate.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"
#include "support/test_loop.hpp"

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;

class background_work : public ::testing::Test {
protected:
    scheduler::job counting() {
        return [this]() -> task<> { return count(*this); };
    }
    static task<> count(background_work& self) {
        ++self.begun_;
        co_await self.gate_;
        ++self.ended_;
    }
    void pass(std::chrono::microseconds time) {
        clock_.advance(time);
        work_.run_due();
    }

    testing::test_loop loop_;
    testing::manual_clock clock_;
    testing::recording_log log_;
    testing::gate gate_;
    int begun_ = 0;
    int ended_ = 0;
    scheduler work_{loop_, clock_, log_};
};

TEST_F(background_work, at_the_start_is_done_once) {
    work_.once("greet", counting());
    EXPECT_EQ(begun_, 0);
    work_.begin();
    EXPECT_EQ(ended_, 1);
    pass(24h);
    EXPECT_EQ(begun_, 1);
}

TEST_F(background_work, comes_again_after_each_interval) {
    work_.every("poll", 10s, counting());
    work_.begin();
    EXPECT_EQ(begun_, 0);
    pass(9999ms);
    EXPECT_EQ(begun_, 0);
    pass(1ms);
    EXPECT_EQ(begun_, 1);
    pass(9s);
    EXPECT_EQ(begun_, 1);
    pass(1s);
    EXPECT_EQ(begun_, 2);
    EXPECT_EQ(ended_, 2);
}

TEST_F(background_work, that_was_missed_many_times_is_done_once) {
    work_.every("poll", 1s, counting());
    work_.begin();
    pass(1h);
    EXPECT_EQ(begun_, 1);
    pass(1s);
    EXPECT_EQ(begun_, 2);
}

TEST_F(background_work, is_left_out_while_it_is_still_under_way) {
    work_.every("poll", 1s, counting());
    work_.begin();
    gate_.close();
    pass(1s);
    pass(1s);
    EXPECT_EQ(begun_, 1);
    EXPECT_EQ(log_.count("one time is left out"), 1);
    gate_.open();
    EXPECT_EQ(ended_, 1);
    pass(1s);
    EXPECT_EQ(begun_, 2);
}

TEST_F(background_work, that_fails_is_logged_and_comes_again) {
    int tried = 0;
    work_.every("broken", 1s, [&tried]() -> task<> {
        ++tried;
        throw std::runtime_error("no luck");
    });
    work_.every("poll", 1s, counting());
    work_.begin();
    pass(1s);
    pass(1s);
    EXPECT_EQ(tried, 2);
    EXPECT_EQ(begun_, 2);
    EXPECT_EQ(log_.count("background work failed work=broken error=no luck"), 2);
}

TEST_F(background_work, is_woken_by_the_loop) {
    scheduler by_the_wall(loop_, system_clock(), log_);
    by_the_wall.every("poll", 1ms, counting());
    by_the_wall.begin();
    loop_.run_until([&] { return begun_ == 3; });
}

TEST_F(background_work, needs_an_interval) {
    EXPECT_THROW(work_.every("poll", 0ms, counting()), config_error);
    EXPECT_THROW(work_.every("poll", -1ms, counting()), config_error);
}

TEST_F(background_work, is_waited_for_by_a_drain_and_does_not_begin_after_it) {
    work_.every("poll", 1s, counting());
    work_.begin();
    gate_.close();
    pass(1s);
    std::optional<std::size_t> left;
    work_.drain(1h, [&](std::size_t number) { left = number; });
    pass(1s);
    EXPECT_EQ(begun_, 1);
    EXPECT_FALSE(left);
    gate_.open();
    loop_.run_until([&] { return left.has_value(); });
    EXPECT_EQ(left, 0U);
    EXPECT_EQ(ended_, 1);
}

TEST_F(background_work, that_takes_longer_than_a_drain_is_counted) {
    work_.once("endless", counting());
    gate_.close();
    work_.begin();
    std::optional<std::size_t> left;
    work_.drain(1ms, [&](std::size_t number) { left = number; });
    loop_.run_until([&] { return left.has_value(); });
    EXPECT_EQ(left, 1U);
    gate_.open();
}

TEST(gathered_drain, ends_with_its_last_part) {
    std::optional<std::size_t> left;
    gathered_drain all([&](std::size_t number) { left = number; });
    const auto first = all.part();
    const auto second = all.part();
    first(2);
    EXPECT_FALSE(left);
    second(1);
    EXPECT_EQ(left, 3U);
}

}  // namespace
}  // namespace hipchat::addons
