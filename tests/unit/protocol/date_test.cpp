// Dates as events and histories carry them.

#include "protocol/date.hpp"

#include <gtest/gtest.h>

namespace hipchat::protocol {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

time_point at(std::chrono::year_month_day day, std::chrono::microseconds time) {
    return sys_days(day) + time;
}

// proves: addon 5.3 date
TEST(date, is_read_with_microseconds_and_offset) {
    const auto day = 2016y / 9 / 9;
    EXPECT_EQ(read_date("2016-09-09T08:23:02.932694+00:00"), at(day, 8h + 23min + 2s + 932694us));
    EXPECT_EQ(read_date("2016-09-09T08:23:02.5Z"), at(day, 8h + 23min + 2s + 500ms));
    EXPECT_EQ(read_date("2016-09-09T08:23:02.9326949+00:00"), at(day, 8h + 23min + 2s + 932694us));
    EXPECT_EQ(read_date("2016-09-09T08:23:02"), at(day, 8h + 23min + 2s));
    EXPECT_EQ(read_date("2016-09-09 08:23:02"), at(day, 8h + 23min + 2s));
    EXPECT_EQ(read_date("2016-09-09T08:23:02+02:00"), at(day, 6h + 23min + 2s));
    EXPECT_EQ(read_date("2016-09-09T23:30:00-0130"), at(2016y / 9 / 10, 1h));
    EXPECT_EQ(read_date("2016-02-29T00:00:00Z"), at(2016y / 2 / 29, 0us));
    EXPECT_EQ(read_date("2016-12-31T23:59:60Z"), at(2017y / 1 / 1, 0us));
}

TEST(date, is_empty_when_it_is_none) {
    for (const char* text :
         {"", "yesterday", "2016-09-09", "2016-13-09T08:23:02Z", "2017-02-29T00:00:00Z",
          "2016-09-09T24:00:00Z", "2016-09-09T08:60:00Z", "2016-09-09T08:23:02.Z",
          "2016-09-09T08:23:02+0", "2016-09-09T08:23:02Z and more", "16-09-09T08:23:02Z",
          "2016-09-09T08:23:02+25:00", "-016-09-09T08:23:02Z"})
        EXPECT_FALSE(read_date(text)) << text;
}

}  // namespace
}  // namespace hipchat::protocol
