#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// Throws config_error naming `field` unless `text` is UTF-8 of `least` to `most` characters.
/// @param field dotted path of what is checked, for example "card.title"
void check_text(const std::string& field, std::string_view text, std::size_t least,
                std::size_t most);

}  // namespace hipchat::protocol
