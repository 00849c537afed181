#pragma once

#include <functional>

#include "hipchat/task.hpp"

namespace hipchat::addons {

/// Starts work that nobody waits for but a drain; what it throws is logged. The work may begin
/// before the call returns. Loop thread only.
using start_beside = std::function<void(std::function<task<>()> work)>;

}  // namespace hipchat::addons
