#include "base/spawn.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace hipchat {
namespace {

task<> nothing() {
    co_return;
}
task<> throwing() {
    throw std::runtime_error("no");
    co_return;
}

TEST(spawn, tells_when_the_work_has_ended) {
    int ended = 0;
    spawn(nothing(), [&](const std::exception_ptr& failure) {
        ++ended;
        EXPECT_FALSE(failure);
    });
    EXPECT_EQ(ended, 1);
}

TEST(spawn, hands_over_what_the_work_threw) {
    std::exception_ptr caught;
    spawn(throwing(), [&](std::exception_ptr failure) { caught = std::move(failure); });
    EXPECT_THROW(std::rethrow_exception(caught), std::runtime_error);
}

TEST(run_ready, throws_what_the_work_threw) {
    EXPECT_NO_THROW(run_ready(nothing()));
    EXPECT_THROW(run_ready(throwing()), std::runtime_error);
}

}  // namespace
}  // namespace hipchat
