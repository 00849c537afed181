#pragma once

#include <exception>
#include <string>

namespace hipchat {

/// What the log says of `thrown`, which is not null.
std::string describe(const std::exception_ptr& thrown);

}  // namespace hipchat
