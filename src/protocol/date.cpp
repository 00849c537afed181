#include "protocol/date.hpp"

namespace hipchat::protocol {
namespace {

class reader {
public:
    explicit reader(std::string_view text) : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }
    bool take(char wanted) noexcept {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // Exactly `digits` digits; empty if there are fewer.
    std::optional<int> number(int digits) noexcept {
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            const std::optional<int> next = digit();
            if (!next) return std::nullopt;
            value = value * 10 + *next;
        }
        return value;
    }
    std::optional<int> digit() noexcept {
        if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return std::nullopt;
        const int value = rest_.front() - '0';
        rest_.remove_prefix(1);
        return value;
    }

private:
    std::string_view rest_;
};

std::optional<std::chrono::sys_days> read_day(reader& from) noexcept {
    const auto year = from.number(4);
    if (!year || !from.take('-')) return std::nullopt;
    const auto month = from.number(2);
    if (!month || !from.take('-')) return std::nullopt;
    const auto day = from.number(2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

// A second of 60 is a leap second, which this calendar does not have: it becomes the next minute.
std::optional<std::chrono::seconds> read_time(reader& from) noexcept {
    const auto hour = from.number(2);
    if (!hour || !from.take(':')) return std::nullopt;
    const auto minute = from.number(2);
    if (!minute || !from.take(':')) return std::nullopt;
    const auto second = from.number(2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute)
           + std::chrono::seconds(*second);
}

std::optional<std::chrono::microseconds> read_fraction(reader& from) noexcept {
    if (!from.take('.')) return std::chrono::microseconds(0);
    int worth = 100'000;
    int value = 0;
    std::optional<int> next = from.digit();
    if (!next) return std::nullopt;
    for (; next; next = from.digit(), worth /= 10)
        value += *next * worth;
    return std::chrono::microseconds(value);
}

std::optional<std::chrono::minutes> read_offset(reader& from) noexcept {
    if (from.at_end() || from.take('Z')) return std::chrono::minutes(0);
    const bool behind = from.take('-');
    if (!behind && !from.take('+')) return std::nullopt;
    const auto hours = from.number(2);
    if (!hours) return std::nullopt;
    from.take(':');
    const auto minutes = from.number(2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset(*hours * 60 + *minutes);
    return behind ? -offset : offset;
}

}  // namespace

std::optional<time_point> read_date(std::string_view text) noexcept {
    reader from(text);
    const auto day = read_day(from);
    if (!day || (!from.take('T') && !from.take(' '))) return std::nullopt;
    const auto time = read_time(from);
    if (!time) return std::nullopt;
    const auto fraction = read_fraction(from);
    if (!fraction) return std::nullopt;
    const auto offset = read_offset(from);
    if (!offset || !from.at_end()) return std::nullopt;
    return time_point(*day) + *time + *fraction - *offset;
}

}  // namespace hipchat::protocol
