#pragma once

#include <string>
#include <string_view>

namespace hipchat {

/// Appends `value` as one word of a log line: quoted when it would not read as one; control
/// characters never reach a terminal.
void append_word(std::string& line, std::string_view value);

/// Appends `value` as a JSON string; what is not UTF-8 becomes U+FFFD.
void append_json_string(std::string& line, std::string_view value);

}  // namespace hipchat
