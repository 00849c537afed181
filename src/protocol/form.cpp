#include "protocol/form.hpp"

#include <algorithm>

#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            if (text.size() - i < 3) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (!count_characters(decoded)) return std::nullopt;
    return decoded;
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> read_form(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), field.size() + 1));
        const std::size_t equals = std::min(field.find('='), field.size());
        auto name = decode(field.substr(0, equals), true);
        auto value = decode(field.substr(std::min(field.size(), equals + 1)), true);
        if (!name || !value) return std::nullopt;
        if (!name->empty()) fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::optional<std::string> percent_decode(std::string_view text) {
    auto decoded = decode(text, false);
    if (decoded && decoded->find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

}  // namespace hipchat::protocol
