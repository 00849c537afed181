#include "host/core/dates.hpp"

#include <array>
#include <cstdio>

#include "protocol/date.hpp"

namespace hipchat::host {

std::string write_date(wall_time when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(when - day);
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06d+00:00",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

wall_time read_date(std::string_view text) {
    const auto when = protocol::read_date(text);
    return when ? std::chrono::floor<std::chrono::microseconds>(*when) : wall_time();
}

}  // namespace hipchat::host
