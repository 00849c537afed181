#include "protocol/limits.hpp"

#include <optional>

#include "hipchat/errors.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::protocol {

void check_text(const std::string& field, std::string_view text, std::size_t least,
                std::size_t most) {
    const std::optional<std::size_t> length = count_characters(text);
    if (!length) throw config_error(field + " is not UTF-8; encode it so");
    if (*length < least) throw config_error(field + " is empty; give it at least one character");
    if (*length > most)
        throw config_error(field + " has " + std::to_string(*length) + " characters; send at most "
                           + std::to_string(most));
}

}  // namespace hipchat::protocol
