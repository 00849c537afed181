// What is to be done next about a kept delivery.

#include "addon/webhooks/delivery_plan.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;
using action = delivery_step::action;
using std::chrono::milliseconds;

constexpr milliseconds now = 1'700'000'000'000ms;

delivery_step after(delivery_event event, int attempt = 1, double jitter = 1) {
    return step_after(event, attempt, now, jitter);
}

TEST(delivery_plan, runs_what_was_taken) {
    for (int attempt = 1; attempt <= most_attempts; ++attempt)
        EXPECT_EQ(after(delivery_event::taken, attempt).what, action::run);
}

TEST(delivery_plan, removes_what_was_handled_even_at_the_last_attempt) {
    for (const int attempt : {1, 2, most_attempts})
        EXPECT_EQ(after(delivery_event::handled, attempt).what, action::remove);
}

TEST(delivery_plan, drops_what_nobody_can_handle) {
    EXPECT_EQ(after(delivery_event::void_tenant).what, action::drop);
    EXPECT_EQ(after(delivery_event::void_hook).what, action::drop);
}

TEST(delivery_plan, waits_longer_after_each_throw_and_an_hour_at_most) {
    const std::vector<milliseconds> pauses{1s, 4s, 16s, 64s, 256s, 1024s, 1h};
    for (std::size_t failed = 0; failed < pauses.size(); ++failed)
        EXPECT_EQ(after(delivery_event::threw, static_cast<int>(failed) + 1),
                  (delivery_step{action::postpone, now + pauses[failed]}))
            << failed;
}

TEST(delivery_plan, shortens_a_pause_by_up_to_a_half_by_chance) {
    EXPECT_EQ(after(delivery_event::threw, 1, 0).due, now + 500ms);
    EXPECT_EQ(after(delivery_event::threw, 1, 0.5).due, now + 750ms);
    EXPECT_EQ(after(delivery_event::threw, 7, 0).due, now + 30min);
}

TEST(delivery_plan, buries_what_has_thrown_at_every_attempt) {
    EXPECT_EQ(after(delivery_event::threw, most_attempts).what, action::bury);
}

// Each attempt is counted before it begins, so one that takes the program down counts too.
TEST(delivery_plan, buries_what_was_interrupted_at_its_last_attempt) {
    EXPECT_EQ(after(delivery_event::taken, most_attempts + 1).what, action::bury);
}

}  // namespace
}  // namespace hipchat::addons
