#include "host/core/rate_limit.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace hipchat::host {
namespace {

using std::chrono::seconds;

class a_rate_limit : public ::testing::Test {
protected:
    hipchat::testing::manual_clock time_;
    rate_limit limit_{time_, 2, seconds(300)};
};

TEST_F(a_rate_limit, says_what_is_left_and_when_the_window_ends) {
    const seconds begun = time_.unix_time();
    const allowance first = limit_.take("ada");
    EXPECT_EQ(first.limit, 2);
    EXPECT_EQ(first.remaining, 1);
    EXPECT_EQ(first.reset, begun + seconds(300));
    time_.advance(seconds(10));
    EXPECT_EQ(limit_.take("ada").reset, begun + seconds(300)) << "the window stays where it began";
    const allowance over = limit_.take("ada");
    EXPECT_TRUE(over.is_refused);
    EXPECT_EQ(over.remaining, 0);
}

TEST_F(a_rate_limit, begins_anew_when_its_window_has_ended) {
    limit_.take("ada");
    limit_.take("ada");
    time_.advance(seconds(299));
    EXPECT_TRUE(limit_.take("ada").is_refused);
    time_.advance(seconds(1));
    const allowance again = limit_.take("ada");
    EXPECT_FALSE(again.is_refused);
    EXPECT_EQ(again.remaining, 1);
    EXPECT_EQ(again.reset, time_.unix_time() + seconds(300));
}

TEST_F(a_rate_limit, is_of_each_caller_alone) {
    limit_.take("ada");
    limit_.take("ada");
    EXPECT_TRUE(limit_.take("ada").is_refused);
    EXPECT_FALSE(limit_.take("bo").is_refused);
}

TEST_F(a_rate_limit, of_zero_is_none) {
    rate_limit none(time_, 0, seconds(300));
    for (int i = 0; i < 1000; ++i)
        EXPECT_FALSE(none.take("ada").is_refused);
    EXPECT_EQ(none.take("ada").limit, 0);
}

TEST_F(a_rate_limit, remembers_those_who_called_last_however_many_there_are) {
    limit_.take("ada");
    limit_.take("ada");
    for (int i = 0; i < 19'000; ++i)
        limit_.take(std::to_string(i));
    EXPECT_TRUE(limit_.take("ada").is_refused);
}

}  // namespace
}  // namespace hipchat::host
