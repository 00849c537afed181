#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::addons {

/// A variable of this process's environment; empty optional if unset.
std::optional<std::string> variable(std::string_view name);

/// The names of all of them.
std::vector<std::string> variable_names();

}  // namespace hipchat::addons
