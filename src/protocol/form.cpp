#include "protocol/form.hpp"

#include <algorithm>

#include "protocol/percent.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

std::optional<std::string> decode(std::string_view text, plus_sign plus) {
    auto decoded = undo_percent(text, plus);
    if (decoded && !count_characters(*decoded)) return std::nullopt;
    return decoded;
}

}  // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> read_form(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), field.size() + 1));
        const std::size_t equals = std::min(field.find('='), field.size());
        auto name = decode(field.substr(0, equals), plus_sign::blank);
        auto value = decode(field.substr(std::min(field.size(), equals + 1)), plus_sign::blank);
        if (!name || !value) return std::nullopt;
        if (!name->empty()) fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::optional<std::string> percent_decode(std::string_view text) {
    auto decoded = decode(text, plus_sign::itself);
    if (decoded && decoded->find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

}  // namespace hipchat::protocol
