#pragma once

#include "protocol/sha256.hpp"
#include "storage/tenants.hpp"

namespace hipchat::storage {

/// What is kept of a removed tenant to recognise it if it comes back: only who has its secret, and
/// names the same capabilities document, makes the same. It does not give the secret away.
inline protocol::sha256_digest removal_proof(const tenant& removed) {
    return protocol::hmac_sha256(removed.secret.reveal(), removed.capabilities_url);
}

}  // namespace hipchat::storage
