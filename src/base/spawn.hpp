#pragma once

#include <exception>
#include <functional>

#include "hipchat/task.hpp"

namespace hipchat {

/// Starts `work` here and now and lets it go on by itself.
/// @param ended called once, on the thread on which the work ended, with null or what it threw; it
///              must not throw. An error must be handled there: nobody else will see it.
void spawn(task<> work, std::function<void(std::exception_ptr)> ended);

/// Runs `work` to its end without a loop: for tests and tools whose tasks never suspend on one.
/// Throws what the work threw, and std::logic_error if it did not end before returning.
void run_ready(task<> work);

}  // namespace hipchat
