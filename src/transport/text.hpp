#pragma once

#include <cstddef>
#include <string_view>

namespace hipchat::transport {

/// `c` in lower case if it is an ASCII letter, else itself.
constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Equality without regard to the case of ASCII letters.
constexpr bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// Whether `c` may stand in a method or a header name (RFC 9110 5.6.2).
constexpr bool is_token_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
           || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// Whether `text` is a token: at least one character, all of them token characters.
constexpr bool is_token(std::string_view text) {
    for (const char c : text)
        if (!is_token_character(c)) return false;
    return !text.empty();
}

/// Whether `text` may be sent as a header value: no line break, no NUL.
constexpr bool is_header_value(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// `text` without blanks and tabs at its ends.
constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// Takes the next element off a list separated by commas; trimmed, empty elements included.
constexpr std::string_view next_element(std::string_view& list) {
    const std::size_t comma = list.find(',');
    const std::string_view element = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    return trimmed(element);
}

}  // namespace hipchat::transport
