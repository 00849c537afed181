#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::protocol {

/// A pattern of the protocol's dialect in the syntax that RE2 and PCRE2 share.
struct translated_pattern {
    std::string text = {};
    std::vector<std::size_t> origin = {};  ///< for each byte of `text`, its place in the source
    bool ignore_case = false;              ///< (?i)
    bool multi_line = false;               ///< (?m)
    bool dot_all = false;                  ///< (?s)
    bool verbose = false;                  ///< (?x): only PCRE2 knows it
};

/// Translates what the two engines would read otherwise than the dialect (addon-side.md 5.2):
/// leading flag groups, \s, \uhhhh, \Z, octal and control escapes, unknown escapes, {,n}, and
/// brackets inside a class. Everything else is left for the engines to judge.
translated_pattern translate_pattern(std::string_view source);

}  // namespace hipchat::protocol
