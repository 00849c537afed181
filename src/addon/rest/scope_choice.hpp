#pragma once

#include <vector>

#include "hipchat/scope.hpp"

namespace hipchat::addons {

/// The scope with which to make a call: the smallest that suffices and that the add-on has. In a
/// room install, one that is about the whole group comes after the others.
/// @param any_of   scopes of which one is enough, the smallest first; empty: any token will do
/// @param declared the descriptor's
/// @return none or one
/// Throws config_error naming the scope to add if the add-on has none of them.
std::vector<scope> choose_scope(const std::vector<scope>& any_of,
                                const std::vector<scope>& declared, bool room_install);

}  // namespace hipchat::addons
