#pragma once

#include <exception>
#include <functional>

#include "base/spawn.hpp"
#include "hipchat/task.hpp"

namespace hipchat::testing {

/// Starts work beside as a process does, for parts that a test builds without one. Nobody drains
/// it: the test waits until it has ended.
inline void spawn_beside(const std::function<task<>()>& work) {
    spawn(work(), [](const std::exception_ptr&) {});
}

}  // namespace hipchat::testing
