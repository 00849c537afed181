#include <array>
#include <optional>
#include <string>

#include "addon/pages/http_date.hpp"
#include "addon/path_pattern.hpp"
#include "addon/process/mounts.hpp"
#include "hipchat/errors.hpp"
#include "property.hpp"
#include "protocol/url.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

using addons::path_pattern;

std::optional<path_pattern> compiled(std::string_view text) {
    try {
        return path_pattern(std::string(text));
    } catch (const config_error&) {
        return std::nullopt;
    }
}

// The pattern with values in the place of its parts; each segment has one part at most.
std::string filled(std::string_view pattern, const path_pattern::values& values) {
    std::string path;
    std::size_t which = 0;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        path += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        require(which < values.size(), "each part has a value");
        path += protocol::percent_encode(values[which++].second);
        pattern.remove_prefix(pattern.find('}') + 1);
    }
    return path;
}

void check_match(const path_pattern& pattern, std::string_view path) {
    const auto values = pattern.match(path);
    if (!values) return;
    for (const auto& [name, value] : *values) {
        require(!name.empty(), "a part has a name");
        require(value.find('\0') == std::string::npos, "a value has no zero byte");
    }
    require(pattern.match(filled(pattern.text(), *values)) == values,
            "a path made from the values has these values");
}

void check_mounts(std::string_view path) {
    addons::mounts places("/bots");
    for (const char* const each : {"/karma", "/karma/deep", "/other"})
        places.add(each);
    const auto found = places.find(path);
    if (!found) return;
    require(found->which < 3, "an add-on is one that was added");
    require(found->below.starts_with('/'), "what follows begins with a slash");
    require(found->below == "/" || path.ends_with(found->below), "what follows is of the path");
}

void check_date(std::string_view text) {
    const auto date = addons::read_http_date(text);
    require(!date || addons::http_date(*date) == text, "a date has one spelling");
}

}  // namespace

void paths(std::string_view input) {
    for (const char* const pattern : {"/snippet/{id}", "/file/{name}.html", "/a{x}b/{y}", "/"})
        check_match(path_pattern(pattern), input);
    const auto [pattern, path] = split(input, '\n');
    if (const auto made = compiled(pattern)) check_match(*made, path);
    check_mounts(input);
    check_date(input);
}

}  // namespace hipchat::fuzz
