#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Slash commands: what people type after them, and the pattern that finds them.

namespace hipchat::protocol {

/// "/standup add 'Ada L'" taken apart after its first word. Views point into the text.
struct command_text {
    std::string_view name;  ///< up to the first white space
    std::string_view rest;  ///< what follows, without white space around it
};

command_text read_command(std::string_view text) noexcept;

/// The words of `text` as a shell has them: separated by white space; '…' is taken as it is, in "…"
/// a backslash keeps the meaning from a following " or \, elsewhere from whatever follows. A quote
/// that is not closed is a character like any other, and so is a backslash at the end.
std::vector<std::string> split_words(std::string_view text);

/// A pattern (addon-side.md 5.2) that finds messages which begin with one of these commands,
/// followed by white space or nothing.
/// @param names at least one
std::string command_pattern(std::span<const std::string> names);

/// Whether `name` can be a command: a slash, then 1 to 40 visible ASCII characters.
bool is_command_name(std::string_view name) noexcept;

}  // namespace hipchat::protocol
