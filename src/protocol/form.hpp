#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hipchat::protocol {

/// The fields of a query or form body ("a=1&b=2"), decoded, in their order; a field may repeat.
/// Empty if one is badly encoded or not UTF-8. Fields without a name are left out.
std::optional<std::vector<std::pair<std::string, std::string>>> read_form(std::string_view text);

/// Undoes percent-encoding as in a path, where '+' is itself. Empty if it is badly encoded, or
/// stands for a zero byte or for anything but UTF-8.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace hipchat::protocol
