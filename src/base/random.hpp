#pragma once

#include <cstddef>
#include <string>

namespace hipchat {

/// Unpredictable values from the operating system's generator. Safe from every thread. Throws
/// std::runtime_error if the generator fails, which ends whatever needed it.

/// @param length number of characters, each one of A-Z a-z 0-9
std::string random_alphanumeric(std::size_t length);

/// A number from 0 to 1, to spread out in time what many would do together.
double share_of_one();

/// A version 4 UUID in lower case, 36 characters.
std::string random_uuid();

}  // namespace hipchat
