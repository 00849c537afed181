#include "host/core/passwords.hpp"

#include <sodium.h>

#include <array>
#include <new>

namespace hipchat::host {

std::string hash_password(const secret& password) {
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const std::string_view text = password.reveal();
    if (sodium_init() < 0
        || crypto_pwhash_str(hash.data(), text.data(), text.size(),
                             crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE)
               != 0)
        throw std::bad_alloc();
    return {hash.data()};
}

bool is_password(const std::string& hash, const secret& password) {
    // Of a password that nobody has.
    static const std::string nobodys = hash_password(secret("nobody's"));
    const std::string_view text = password.reveal();
    const bool is_hash = hash.starts_with(crypto_pwhash_STRPREFIX);
    const bool matches =
        crypto_pwhash_str_verify((is_hash ? hash : nobodys).c_str(), text.data(), text.size()) == 0;
    return is_hash && matches;
}

}  // namespace hipchat::host
