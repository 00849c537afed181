#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace hipchat::protocol {

// Ids as they come: a whole number of at least 0, however it is written. See read_id in event.hpp.

inline std::optional<std::int64_t> id_of(std::int64_t number) noexcept {
    if (number < 0) return std::nullopt;
    return number;
}

inline std::optional<std::int64_t> id_of(double number) noexcept {
    constexpr double largest_exact = 9007199254740992.0;
    const bool in_range = number >= 0 && number <= largest_exact;  // a NaN is not
    if (!in_range) return std::nullopt;
    const auto whole = static_cast<std::int64_t>(number);
    if (static_cast<double>(whole) != number) return std::nullopt;
    return whole;
}

inline std::optional<std::int64_t> id_of(std::string_view digits) noexcept {
    std::int64_t number = -1;
    const char* begin = digits.data();  // NOLINT(bugprone-suspicious-stringview-data-usage)
    const char* end = begin + digits.size();
    const auto [stopped, failure] = std::from_chars(begin, end, number);
    if (failure != std::errc() || stopped != end || digits.starts_with('-')) return std::nullopt;
    return number;
}

}  // namespace hipchat::protocol
