#include "addon/pages/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace hipchat::addons {
namespace {

constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_padded(std::string& text, unsigned number, std::size_t width) {
    const std::string digits = std::to_string(number);
    text.append(width - std::min(width, digits.size()), '0').append(digits);
}

// The number in text[from, from + length).
std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t length) {
    const std::string_view digits = text.substr(from, length);
    int number = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failure != std::errc() || end != digits.data() + digits.size() || number < 0)
        return std::nullopt;
    return number;
}

}  // namespace

std::string http_date(std::chrono::seconds unix_time) {
    using namespace std::chrono;
    const sys_seconds time(unix_time);
    const auto midnight = floor<std::chrono::days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(time - midnight);
    std::string text(addons::days.at(weekday(midnight).c_encoding()));
    text += ", ";
    append_padded(text, static_cast<unsigned>(date.day()), 2);
    text.append(" ").append(addons::months.at(static_cast<unsigned>(date.month()) - 1)).append(" ");
    append_padded(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    text += ' ';
    append_padded(text, static_cast<unsigned>(clock.hours().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(clock.minutes().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(clock.seconds().count()), 2);
    text += " GMT";
    return text;
}

// Sun, 06 Nov 1994 08:49:37 GMT
// 0    5  8   12   17 20 23
std::optional<std::chrono::seconds> read_http_date(std::string_view text) {
    if (text.size() != 29) return std::nullopt;
    const auto* const month = std::ranges::find(months, text.substr(8, 3));
    const auto day = number_at(text, 5, 2);
    const auto year = number_at(text, 12, 4);
    const auto hour = number_at(text, 17, 2);
    const auto minute = number_at(text, 20, 2);
    const auto second = number_at(text, 23, 2);
    if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const auto ordinal = static_cast<unsigned>(month - months.begin()) + 1;
    const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(ordinal),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    const std::chrono::sys_seconds time = std::chrono::sys_days(date) + std::chrono::hours(*hour)
                                          + std::chrono::minutes(*minute)
                                          + std::chrono::seconds(*second);
    // Whatever is not written as we would write it is not such a date.
    if (http_date(time.time_since_epoch()) != text) return std::nullopt;
    return time.time_since_epoch();
}

}  // namespace hipchat::addons
