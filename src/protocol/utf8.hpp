#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// Number of characters (code points) of UTF-8 text; empty if `text` is not UTF-8.
std::optional<std::size_t> count_characters(std::string_view text) noexcept;

/// At most `bytes` bytes from the start of `text`, not cut inside a character.
std::string_view head_of(std::string_view text, std::size_t bytes) noexcept;

}  // namespace hipchat::protocol
