#pragma once

#include <optional>

#include "addon/settings.hpp"

namespace hipchat::addons {

/// Overwrites `values` with what the arguments say; each setting's flag is in its row of the table.
/// @return an exit code if the program should end now: 0 after --help, 2 for wrong arguments
std::optional<int> read_command_line(settings& values, int argc, const char* const* argv);

}  // namespace hipchat::addons
