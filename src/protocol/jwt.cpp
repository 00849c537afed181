#include "protocol/jwt.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "protocol/claims_reader.hpp"
#include "protocol/sha256.hpp"
#include "protocol/strict_json.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t largest_token = 8192;
constexpr std::size_t largest_part = base64url_decoded_size(largest_token);

constexpr std::string_view own_header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

// Headers that nearly every token has, so that they need not be parsed.
constexpr std::array<std::string_view, 4> usual_headers = {
    own_header,                                  // {"alg":"HS256","typ":"JWT"}
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9",      // {"typ":"JWT","alg":"HS256"}
    "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9",  // {"alg": "HS256", "typ": "JWT"}
    "eyJ0eXAiOiAiSldUIiwgImFsZyI6ICJIUzI1NiJ9",  // {"typ": "JWT", "alg": "HS256"}
};

struct parts {
    std::string_view header;
    std::string_view claims;
    std::string_view signature;
    std::string_view signing_input;
};

std::optional<parts> split(std::string_view compact) {
    if (compact.size() > largest_token) return std::nullopt;
    const std::size_t first = compact.find('.');
    const std::size_t last = compact.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    // A third dot, if there is one, falls into the claims and is no base64url.
    return parts{.header = compact.substr(0, first),
                 .claims = compact.substr(first + 1, last - first - 1),
                 .signature = compact.substr(last + 1),
                 .signing_input = compact.substr(0, last)};
}

bool is_text(const json::value* value, std::string_view expected) {
    if (value == nullptr) return false;
    const json::string* text = value->if_string();
    return text != nullptr && std::string_view(*text) == expected;
}

bool acceptable_header(std::string_view encoded, std::span<char> scratch) {
    if (std::ranges::find(usual_headers, encoded) != usual_headers.end()) return true;
    const std::optional<std::size_t> size = base64url_decode(encoded, scratch);
    if (!size) return false;
    const json::value value = parse_strict({scratch.data(), *size});
    const json::object* header = value.if_object();
    if (header == nullptr) return false;
    const json::value* type = header->if_contains("typ");
    return is_text(header->if_contains("alg"), "HS256") && (type == nullptr || is_text(type, "JWT"))
           && !header->contains("crit");
}

bool signed_by(std::string_view key, std::string_view signing_input, std::string_view signature) {
    if (key.empty()) return false;
    const sha256_digest expected = hmac_sha256(key, signing_input);
    return signature.size() == expected.size()
           && CRYPTO_memcmp(expected.data(), signature.data(), expected.size()) == 0;
}

std::string_view bytes_of(const sha256_digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

std::string_view to_string(jwt_flaw flaw) noexcept {
    switch (flaw) {
        case jwt_flaw::bad_signature:
            return "bad_signature";
        case jwt_flaw::expired:
            return "expired";
        case jwt_flaw::not_yet_valid:
            return "not_yet_valid";
    }
    return "bad_signature";
}

std::optional<unverified_token> unverified_token::parse(std::string_view compact) {
    const std::optional<parts> split_token = split(compact);
    if (!split_token) return std::nullopt;
    unverified_token token;
    const std::optional<std::size_t> length =
        base64url_decode(split_token->signature, token.signature_);
    if (length != token.signature_.size()) return std::nullopt;
    std::array<char, largest_part> scratch;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    try {
        if (!acceptable_header(split_token->header, scratch)) return std::nullopt;
    } catch (const protocol_error&) {
        return std::nullopt;
    }
    const std::optional<std::size_t> size = base64url_decode(split_token->claims, scratch);
    if (!size) return std::nullopt;
    std::optional<unverified_claims> claims = read_claims({scratch.data(), *size});
    if (!claims) return std::nullopt;
    token.claims_ = std::move(claims->claims);
    token.not_before_ = claims->not_before;
    token.signing_input_ = split_token->signing_input;
    return token;
}

std::variant<jwt_claims, jwt_flaw> verify(unverified_token token, std::string_view key,
                                          std::chrono::seconds now, std::chrono::seconds leeway) {
    const std::string_view signature(token.signature_.data(), token.signature_.size());
    if (!signed_by(key, token.signing_input_, signature)) return jwt_flaw::bad_signature;
    const jwt_claims& claims = token.claims_;
    if (!claims.expires_at || *claims.expires_at + leeway <= now) return jwt_flaw::expired;
    const std::chrono::seconds latest_start = now + leeway;
    if (claims.issued_at.value_or(latest_start) > latest_start
        || token.not_before_.value_or(latest_start) > latest_start)
        return jwt_flaw::not_yet_valid;
    return std::move(token.claims_);
}

std::string sign(const jwt_claims& claims, const secret& key) {
    json::object body;
    body["iss"] = claims.issuer;
    if (!claims.user_id.empty()) {
        body["sub"] = claims.user_id;
        body["prn"] = claims.user_id;
    }
    if (claims.issued_at) body["iat"] = claims.issued_at->count();
    if (claims.expires_at) body["exp"] = claims.expires_at->count();
    if (!claims.jti.empty()) body["jti"] = claims.jti;
    if (claims.room_id || !claims.user_tz.empty()) {
        json::object& context = body["context"].emplace_object();
        if (claims.room_id) context["room_id"] = *claims.room_id;
        if (!claims.user_tz.empty()) context["user_tz"] = claims.user_tz;
    }
    std::string token(own_header);
    token += '.';
    token += base64url_encode(json::serialize(body));
    const sha256_digest mac = hmac_sha256(key.reveal(), token);
    token += '.';
    token += base64url_encode(bytes_of(mac));
    return token;
}

}  // namespace hipchat::protocol
