#include "base/log_text.hpp"

#include <cstddef>

namespace hipchat {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Length of the UTF-8 sequence at the beginning of `text`, which is not ASCII; 0 if it is none
// (RFC 3629 4).
std::size_t sequence_length(std::string_view text) {
    const unsigned char first = byte_at(text, 0);
    const unsigned char second = byte_at(text, 1);
    const auto follows = [&](std::size_t at) { return (byte_at(text, at) & 0xC0U) == 0x80U; };
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && second < 0xA0;
        const bool surrogate = first == 0xED && second > 0x9F;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && second < 0x90;
        const bool too_high = first == 0xF4 && second > 0x8F;
        return follows(1) && follows(2) && follows(3) && !overlong && !too_high ? 4 : 0;
    }
    return 0;
}

void append_ascii(std::string& line, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        line += '\\';
        line += c;
    } else if (code < 0x20 || code == 0x7F) {
        line += "\\u00";
        line += digits[code >> 4U];
        line += digits[code & 0xFU];
    } else {
        line += c;
    }
}

}  // namespace

void append_word(std::string& line, std::string_view value) {
    const bool bare = !value.empty() && value.find_first_of(" \"=\\") == std::string_view::npos;
    if (!bare) line += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') line += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            line += '?';
        else
            line += c;
    }
    if (!bare) line += '"';
}

void append_json_string(std::string& line, std::string_view value) {
    line += '"';
    while (!value.empty()) {
        std::size_t taken = 1;
        if (static_cast<unsigned char>(value.front()) < 0x80) {
            append_ascii(line, value.front());
        } else if (const std::size_t length = sequence_length(value)) {
            line.append(value.substr(0, length));
            taken = length;
        } else {
            line += "\\ufffd";
        }
        value.remove_prefix(taken);
    }
    line += '"';
}

}  // namespace hipchat
