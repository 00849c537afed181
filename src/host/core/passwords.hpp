#pragma once

#include <string>

#include "hipchat/secret.hpp"

// Passwords as they are kept. Both functions take a tenth of a second and 64 MiB, on purpose; never
// on a loop's thread.

namespace hipchat::host {

/// A salted hash of the password (Argon2id), with what is needed to check it.
/// Throws std::bad_alloc if there is no memory for it.
std::string hash_password(const secret& password);

/// Whether the hash was made of that password. False for what is no hash, after the same work.
bool is_password(const std::string& hash, const secret& password);

}  // namespace hipchat::host
