#pragma once

#include <memory>
#include <string>
#include <vector>

#include "addon/declaration.hpp"
#include "addon/webhooks/deliveries.hpp"

namespace hipchat::addons {

/// The pattern of a webhook, ready to search; null if it has none.
/// Throws config_error naming the pattern and its flaw.
std::shared_ptr<const protocol::pattern> compiled_pattern(const std::string& text);

/// The webhooks of `declared` that stand in the descriptor, in the order of declaration.
/// @param paths of each of them, from complete()
/// Throws config_error naming the pattern that is wrong, the command that is declared
/// twice, or the durable handler that answers.
std::vector<std::shared_ptr<const served_hook>> served_hooks(const detail::declaration& declared,
                                                             const std::vector<std::string>& paths);

}  // namespace hipchat::addons
