#pragma once

#include <string_view>

#include "hipchat/secret.hpp"

namespace hipchat::protocol {

/// A key of 32 bytes for one purpose, made from another secret: HKDF with SHA-256 and an empty salt
/// (RFC 5869). Whoever knows the derived key learns nothing about `from`, nor about the keys of
/// other purposes.
/// @param purpose the `info` of the RFC; what must differ is in it
secret derive_key(const secret& from, std::string_view purpose);

}  // namespace hipchat::protocol
