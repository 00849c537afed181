#pragma once

#include <string>
#include <string_view>

#include "protocol/base64url.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::test {

/// `signing_input` with the signature that `key` makes.
inline std::string with_signature(std::string signing_input, std::string_view key) {
    const protocol::sha256_digest mac = protocol::hmac_sha256(key, signing_input);
    signing_input += '.';
    signing_input +=
        protocol::base64url_encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
    return signing_input;
}

/// A token of these very bytes, properly signed.
inline std::string signed_token(std::string_view claims, std::string_view key,
                                std::string_view header = R"({"alg":"HS256","typ":"JWT"})") {
    return with_signature(
        protocol::base64url_encode(header) + '.' + protocol::base64url_encode(claims), key);
}

}  // namespace hipchat::test
