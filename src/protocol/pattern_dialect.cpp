#include "protocol/pattern_dialect.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace hipchat::protocol {
namespace {

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_octal(char c) {
    return c >= '0' && c <= '7';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class translator {
public:
    explicit translator(std::string_view source) : source_(source) {}

    translated_pattern run() {
        while (take_flags()) {
        }
        while (!done()) {
            if (next() == '\\')
                take_escape();
            else if (in_class_)
                take_in_class();
            else
                take_plain();
        }
        return std::move(result_);
    }

private:
    bool done() const { return at_ == source_.size(); }
    char next() const { return source_[at_]; }
    char peek(std::size_t ahead) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    // Writes `text` for the `length` bytes of the source that come next.
    void put(std::string_view text, std::size_t length) {
        result_.text += text;
        result_.origin.insert(result_.origin.end(), text.size(), at_);
        at_ += length;
    }
    void copy(std::size_t length) { put(source_.substr(at_, length), length); }
    void put_character(std::uint32_t code, std::size_t length) {
        std::array<char, 16> text{};
        const int size = std::snprintf(text.data(), text.size(), "\\x{%x}", code);
        put({text.data(), static_cast<std::size_t>(size)}, length);
    }

    // "(?i)" and its like at the start; letters that name no flag are ignored.
    bool take_flags() {
        if (source_.substr(at_, 2) != "(?") return false;
        std::size_t end = at_ + 2;
        while (end < source_.size() && is_letter(source_[end]))
            ++end;
        if (end == at_ + 2 || end == source_.size() || source_[end] != ')') return false;
        for (const char flag : source_.substr(at_ + 2, end - at_ - 2)) {
            if (flag == 'i') result_.ignore_case = true;
            if (flag == 'm') result_.multi_line = true;
            if (flag == 's') result_.dot_all = true;
            if (flag == 'x') result_.verbose = true;
        }
        at_ = end + 1;
        return true;
    }

    void take_plain() {
        if (next() == '[') {
            in_class_ = true;
            copy(1);
            if (peek(0) == '^') copy(1);
            // The first bracket of a class is a character.
            if (peek(0) == ']') put("\\]", 1);
        } else if (next() == '{' && peek(1) == ',' && is_digit(peek(2))) {
            put("{0", 1);
        } else {
            copy(1);
        }
    }

    void take_in_class() {
        if (next() == ']') in_class_ = false;
        if (next() == '[')
            put("\\[", 1);  // the engines would look for [:alpha:]
        else
            copy(1);
    }

    void take_escape() {
        const char c = peek(1);
        if (at_ + 1 == source_.size())
            copy(1);  // a lonely backslash; the engines refuse it
        else if (c == 'u')
            take_code_unit();
        else if (c == 'x')
            take_hex();
        else if (is_digit(c))
            take_number();
        else if (is_letter(c))
            take_letter(c);
        else if (static_cast<unsigned char>(c) < 0x80U)
            copy(2);  // escaped punctuation
        else
            ++at_;  // the character itself follows
    }

    std::optional<std::uint32_t> hex_at(std::size_t ahead, std::size_t digits) const {
        std::uint32_t code = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const char c = peek(ahead + i);
            if (!is_hex(c)) return std::nullopt;
            const auto low =
                static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            code = code * 16 + low;
        }
        return code;
    }

    // \uhhhh; two halves of a pair make one character.
    void take_code_unit() {
        const std::optional<std::uint32_t> first = hex_at(2, 4);
        if (!first) {
            put("u", 2);
            return;
        }
        if (*first >= 0xD800U && *first < 0xDC00U && peek(6) == '\\' && peek(7) == 'u') {
            const std::optional<std::uint32_t> second = hex_at(8, 4);
            if (second && *second >= 0xDC00U && *second < 0xE000U) {
                put_character(0x10000U + ((*first - 0xD800U) << 10U) + (*second - 0xDC00U), 12);
                return;
            }
        }
        put_character(*first, 6);
    }

    // \xhh and \x{h...}
    void take_hex() {
        if (const std::optional<std::uint32_t> code = hex_at(2, 2)) {
            put_character(*code, 4);
            return;
        }
        std::size_t digits = 0;
        while (digits < 8 && is_hex(peek(3 + digits)))
            ++digits;
        if (peek(2) != '{' || digits == 0 || peek(3 + digits) != '}') {
            put("x", 2);
            return;
        }
        put_character(*hex_at(3, digits), digits + 4);
    }

    // \0, \012 and inside a class \1 are octal; \1 elsewhere refers back to a group.
    void take_number() {
        const bool octal = peek(1) == '0' || (is_octal(peek(1)) && in_class_)
                           || (is_octal(peek(1)) && is_octal(peek(2)) && is_octal(peek(3)));
        if (!octal) {
            if (in_class_)
                put(source_.substr(at_ + 1, 1), 2);
            else
                copy(2);
            return;
        }
        std::uint32_t code = 0;
        std::size_t digits = 0;
        while (digits < 3 && is_octal(peek(1 + digits)))
            code = code * 8 + static_cast<std::uint32_t>(peek(1 + digits++) - '0');
        put_character(code, digits + 1);
    }

    void take_letter(char c) {
        constexpr std::string_view anywhere = "dDwWStnr";
        constexpr std::string_view outside_classes = "bBA";
        if (c == 'S' && !in_class_)
            put("[^\\x{b}\\s]", 2);
        else if (anywhere.find(c) != std::string_view::npos
                 || (!in_class_ && outside_classes.find(c) != std::string_view::npos))
            copy(2);
        else if (c == 's')
            put(in_class_ ? "\\x{b}\\s" : "[\\x{b}\\s]", 2);  // RE2 leaves the vertical tab out
        else if (c == 'f')
            put_character(0x0C, 2);
        else if (c == 'v')
            put_character(0x0B, 2);
        else if (c == 'a')
            put_character(0x07, 2);
        else if (c == 'b')
            put_character(0x08, 2);  // in a class
        else if (!in_class_ && (c == 'Z' || c == 'z'))
            put("\\z", 2);
        else
            put(source_.substr(at_ + 1, 1), 2);  // unknown: the letter itself
    }

    std::string_view source_;
    std::size_t at_ = 0;
    bool in_class_ = false;
    translated_pattern result_;
};

}  // namespace

translated_pattern translate_pattern(std::string_view source) {
    return translator(source).run();
}

}  // namespace hipchat::protocol
