#include "protocol/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace hipchat::protocol {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Bytes of the character that `first` begins; 0 if it begins none.
std::size_t length_from(unsigned char first) {
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first < 0xE0U) return 2;
    if (first >= 0xE0U && first < 0xF0U) return 3;
    if (first >= 0xF0U && first < 0xF5U) return 4;
    return 0;
}

// Whether the second byte rules out an overlong form, a surrogate, or a value past U+10FFFF.
bool second_fits(unsigned char first, unsigned char second) {
    if (first == 0xE0U) return second >= 0xA0U;
    if (first == 0xEDU) return second < 0xA0U;
    if (first == 0xF0U) return second >= 0x90U;
    if (first == 0xF4U) return second < 0x90U;
    return true;
}

}  // namespace

std::optional<std::size_t> count_characters(std::string_view text) noexcept {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text[0]);
        const std::size_t length = length_from(first);
        if (length == 0 || length > text.size()) return std::nullopt;
        const std::string_view rest = text.substr(1, length - 1);
        if (!std::ranges::all_of(rest, continues)) return std::nullopt;
        if (!rest.empty() && !second_fits(first, static_cast<unsigned char>(rest[0])))
            return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

std::string_view head_of(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && continues(text[bytes]))
        --bytes;
    return text.substr(0, bytes);
}

}  // namespace hipchat::protocol
