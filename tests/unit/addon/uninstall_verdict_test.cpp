// Anyone may send an uninstall; only the token endpoint knows whether it is true.

#include "addon/lifecycle/uninstall_verdict.hpp"

#include <gtest/gtest.h>

namespace hipchat::addons {
namespace {

using namespace std::chrono_literals;
using verdict = token_answer::verdict;

TEST(uninstall_verdict, removes_only_when_the_host_refuses_the_client) {
    EXPECT_EQ(judge_uninstall(verdict::refused), uninstall_action::remove);
}

TEST(uninstall_verdict, keeps_a_client_that_still_gets_tokens) {
    EXPECT_EQ(judge_uninstall(verdict::granted), uninstall_action::keep);
}

TEST(uninstall_verdict, suspends_when_nothing_is_proved) {
    EXPECT_EQ(judge_uninstall(verdict::unclear), uninstall_action::suspend);
}

TEST(uninstall_verdict, asks_again_after_doubling_pauses_up_to_ten_minutes) {
    EXPECT_EQ(next_pause(0s), 1s);
    EXPECT_EQ(next_pause(1s), 2s);
    EXPECT_EQ(next_pause(300s), 600s);
    EXPECT_EQ(next_pause(600s), 600s);
}

}  // namespace
}  // namespace hipchat::addons
