#include "protocol/hkdf.hpp"

#include <openssl/crypto.h>

#include <string>

#include "protocol/sha256.hpp"

namespace hipchat::protocol {
namespace {

secret secret_of(sha256_digest& digest) {
    secret made(std::string(digest.begin(), digest.end()));
    OPENSSL_cleanse(digest.data(), digest.size());
    return made;
}

}  // namespace

secret derive_key(const secret& from, std::string_view purpose) {
    const std::string no_salt(sizeof(sha256_digest), '\0');
    sha256_digest extracted = hmac_sha256(no_salt, from.reveal());
    const secret root = secret_of(extracted);
    // One block is all that 32 bytes need; its number follows the purpose.
    std::string first_block(purpose);
    first_block += '\x01';
    sha256_digest expanded = hmac_sha256(root.reveal(), first_block);
    return secret_of(expanded);
}

}  // namespace hipchat::protocol
