#pragma once

#include "hipchat/json.hpp"

namespace hipchat::fuzz {

/// Whether two values are the same, but for the last place of numbers that are not whole and the
/// order of members.
bool same(const json::value& one, const json::value& other);

}  // namespace hipchat::fuzz
