#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// What '+' stands for: itself in a path, a blank in a query or a form.
enum class plus_sign { itself, blank };

/// The bytes that percent-encoded `text` stands for, whatever they are. Empty if a '%' is not
/// followed by two hexadecimal digits.
std::optional<std::string> undo_percent(std::string_view text, plus_sign plus);

}  // namespace hipchat::protocol
