#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hipchat/glance.hpp"
#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// The answer to a glance query (addon-side.md 6.2).
/// Throws config_error naming the field when a limit is exceeded.
json::object write_glance(const glance& value);

/// The body of a glance push (addon-side.md 6.3): glances by the keys of their modules.
/// Throws config_error naming the field when a limit is exceeded, and when there is no glance.
json::object write_glance_push(const std::vector<std::pair<std::string, glance>>& glances);

/// "default", "success" and so on, as a glance writes them.
std::string_view to_string(lozenge_type type) noexcept;

}  // namespace hipchat::protocol
