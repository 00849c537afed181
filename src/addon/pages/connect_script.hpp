#pragma once

#include <string_view>

namespace hipchat::addons {

/// web/connect/connect.js, which is part of the program.
std::string_view connect_script();

}  // namespace hipchat::addons
