#include "addon/path_pattern.hpp"

#include <algorithm>

#include "hipchat/errors.hpp"
#include "protocol/form.hpp"

namespace hipchat::addons {
namespace {

// Cuts the first segment off a path that begins with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

}  // namespace

bool path_pattern::varies(std::string_view path) noexcept {
    return path.find_first_of("{}") != std::string_view::npos;
}

path_pattern::path_pattern(std::string path) : text_(std::move(path)) {
    if (!text_.starts_with('/'))
        throw config_error("the path '" + text_ + "' does not begin with '/'");
    std::string_view rest = text_;
    while (!rest.empty()) {
        segment next = read_segment(take_segment(rest));
        shape_ += '/' + next.before + (next.name ? "{}" : "") + next.after;
        segments_.push_back(std::move(next));
    }
}

path_pattern::segment path_pattern::read_segment(std::string_view text) const {
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}');
    if (open == std::string_view::npos && close == std::string_view::npos)
        return {.before = std::string(text)};
    const bool once = open == text.rfind('{') && close == text.rfind('}');
    if (!once || open == std::string_view::npos || close == std::string_view::npos
        || close < open + 2)
        throw config_error("the path '" + text_
                           + "' needs its varying parts written as {name}, at most one between two "
                             "slashes");
    return {.before = std::string(text.substr(0, open)),
            .name = std::string(text.substr(open + 1, close - open - 1)),
            .after = std::string(text.substr(close + 1))};
}

std::optional<path_pattern::values> path_pattern::match(std::string_view path) const {
    values found;
    for (const segment& wanted : segments_) {
        if (!path.starts_with('/')) return std::nullopt;
        std::string_view given = take_segment(path);
        if (!wanted.name) {
            if (given != wanted.before) return std::nullopt;
            continue;
        }
        if (given.size() < wanted.before.size() + wanted.after.size()
            || !given.starts_with(wanted.before) || !given.ends_with(wanted.after))
            return std::nullopt;
        given.remove_prefix(wanted.before.size());
        given.remove_suffix(wanted.after.size());
        auto decoded = protocol::percent_decode(given);
        if (!decoded) return std::nullopt;
        found.emplace_back(*wanted.name, std::move(*decoded));
    }
    if (!path.empty()) return std::nullopt;
    return found;
}

}  // namespace hipchat::addons
