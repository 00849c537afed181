#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "property.hpp"
#include "protocol/command_text.hpp"
#include "protocol/pattern.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

bool lies_in(std::string_view part, std::string_view text) {
    return part.empty() || text.find(part) != std::string_view::npos;
}

void check_words(std::string_view text) {
    const std::vector<std::string> words = protocol::split_words(text);
    std::size_t length = 0;
    std::string quoted;
    for (const std::string& word : words) {
        length += word.size();
        // In double quotes a backslash keeps these two from their meaning.
        quoted += " \"";
        for (const char c : word)
            (c == '"' || c == '\\' ? quoted += '\\' : quoted) += c;
        quoted += '"';
    }
    require(length <= text.size(), "words do not grow");
    require(protocol::split_words(quoted) == words, "quoted words are read as the same");
}

void check_name(std::string_view text, std::string_view name) {
    if (!protocol::is_command_name(name)) return;
    const std::array<std::string, 1> names{std::string(name)};
    const std::string pattern = protocol::command_pattern(names);
    require(protocol::pattern(pattern).found_in(text), "a command's pattern finds it");
}

}  // namespace

void commands(std::string_view input) {
    const protocol::command_text read = protocol::read_command(input);
    require(lies_in(read.name, input) && lies_in(read.rest, input), "views are of the text");
    require(input.starts_with(read.name), "a command begins with its name");
    check_words(input);
    check_words(read.rest);
    check_name(input, read.name);
}

}  // namespace hipchat::fuzz
