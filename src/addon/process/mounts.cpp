#include "addon/process/mounts.hpp"

#include <algorithm>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
           || c == '.' || c == '_' || c == '~';
}

bool is_path(std::string_view path) {
    if (path.empty()) return true;
    while (!path.empty()) {
        if (path.front() != '/') return false;
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment.empty() || segment == "." || segment == ".."
            || !std::ranges::all_of(segment, is_unreserved))
            return false;
        path.remove_prefix(segment.size());
    }
    return true;
}

// What follows `prefix` in `path`, if a segment ends there; "/" for `path` itself.
std::optional<std::string_view> after(std::string_view path, std::string_view prefix) {
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    if (path.empty()) return std::string_view("/");
    if (path.front() != '/') return std::nullopt;
    return path;
}

}  // namespace

void mounts::add(std::string path) {
    if (!is_path(path))
        throw config_error("an add-on cannot lie at '" + path
                           + "'; give it a path such as \"/karma\", without a slash at the end");
    if (std::ranges::find(mounts_, path, &mount::path) != mounts_.end())
        throw config_error("two add-ons lie at '" + path + "'; give one of them another path");
    const std::size_t which = mounts_.size();
    const auto shorter = std::ranges::find_if(
        mounts_, [&](const mount& one) { return one.path.size() < path.size(); });
    mounts_.insert(shorter, {std::move(path), which});
}

std::optional<mounts::place> mounts::find_mount(std::string_view path) const noexcept {
    for (const mount& each : mounts_)
        if (const auto below = after(path, each.path)) return place{each.which, *below};
    return std::nullopt;
}

std::string_view mounts::below_base(std::string_view path) const noexcept {
    return after(path, base_path_).value_or(path);
}

std::optional<mounts::place> mounts::find(std::string_view path) const noexcept {
    if (!base_path_.empty())
        if (const auto below = after(path, base_path_))
            if (const auto found = find_mount(*below)) return found;
    return find_mount(path);
}

}  // namespace hipchat::addons
