#include "host/backup/sums.hpp"

#include <algorithm>
#include <string_view>

#include "hipchat/errors.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t digest_length = 64;
constexpr std::string_view between = "  ";

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name(std::string_view name) {
    if (name == database_name) return true;
    const std::string_view folder = files_name;
    if (!name.starts_with(folder)) return false;
    name.remove_prefix(folder.size());
    return !name.empty() && std::ranges::all_of(name, is_letter_or_digit);
}

bool is_digest(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

[[noreturn]] void refuse(const std::string& why) {
    throw config_error(std::string(sums_name) + " of the backup " + why
                       + "; name a folder that hipchat-connect backup has written");
}

}  // namespace

std::string write_sums(const sums& all) {
    std::string text;
    for (const auto& [name, digest] : all)
        text.append(digest).append(between).append(name).append("\n");
    return text;
}

sums read_sums(const std::string& text) {
    sums all;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line.size() == rest.size()) refuse("ends in the middle of a line");
        rest.remove_prefix(line.size() + 1);
        const std::size_t before_name = digest_length + between.size();
        if (line.size() <= before_name || line.substr(digest_length, between.size()) != between
            || !is_digest(line.substr(0, digest_length)) || !is_name(line.substr(before_name)))
            refuse("has a line that is none: " + std::string(line.substr(0, 100)));
        const bool is_new =
            all.emplace(line.substr(before_name), line.substr(0, digest_length)).second;
        if (!is_new) refuse("names a file twice: " + std::string(line.substr(before_name)));
    }
    if (!all.contains(database_name)) refuse("names no " + std::string(database_name));
    return all;
}

}  // namespace hipchat::host
