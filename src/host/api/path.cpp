#include "host/api/path.hpp"

#include <charconv>
#include <utility>

namespace hipchat::host {

std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += text[at];
            continue;
        }
        const std::string digits(text.substr(at + 1, 2));
        unsigned value = 0;
        const char* const end = digits.data() + digits.size();
        const auto [stopped, flaw] = std::from_chars(digits.data(), end, value, 16);
        if (digits.size() != 2 || flaw != std::errc() || stopped != end || value == 0)
            return std::nullopt;
        decoded += static_cast<char>(value);
        at += 2;
    }
    return decoded;
}

std::vector<std::string_view> split_path(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::string_view segment = path.substr(0, path.find('/'));
        if (!segment.empty()) segments.push_back(segment);
        path.remove_prefix(segment.size() < path.size() ? segment.size() + 1 : path.size());
    }
    return segments;
}

path_pattern::path_pattern(std::string text) : text_(std::move(text)) {
    for (std::string_view each : split_path(text_)) {
        segment read;
        read.is_capture = each.starts_with('{') && each.ends_with('}');
        if (read.is_capture) each = each.substr(1, each.size() - 2);
        read.is_rest = read.is_capture && each.ends_with("...");
        if (read.is_rest) each.remove_suffix(3);
        read.text = each;
        segments_.push_back(std::move(read));
    }
}

std::optional<captures> path_pattern::match(const std::vector<std::string_view>& segments) const {
    captures found;
    std::size_t at = 0;
    for (const segment& expected : segments_) {
        if (expected.is_rest) {
            std::string rest;
            for (; at < segments.size(); ++at) {
                const auto decoded = percent_decode(segments[at]);
                if (!decoded) return std::nullopt;
                rest += rest.empty() ? *decoded : '/' + *decoded;
            }
            found.emplace(expected.text, std::move(rest));
            return found;
        }
        if (at == segments.size()) return std::nullopt;
        const auto decoded = percent_decode(segments[at++]);
        if (!decoded) return std::nullopt;
        if (expected.is_capture)
            found.emplace(expected.text, *decoded);
        else if (*decoded != expected.text)
            return std::nullopt;
    }
    return at == segments.size() ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace hipchat::host
