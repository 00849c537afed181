#include "protocol/jwt.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "protocol/event.hpp"
#include "protocol/sha256.hpp"
#include "protocol/strict_json.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t largest_token = 8192;
constexpr std::size_t largest_part = base64url_decoded_size(largest_token);

// The end of the year 9999: a time after it is a mistake or an attack on arithmetic.
constexpr std::int64_t latest_date = 253'402'300'799;

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

// The object that `part` encodes; its memory is `memory`'s. Throws protocol_error.
std::optional<json::value> decode_object(std::string_view part, json::storage_ptr memory) {
    std::array<char, largest_part> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    const std::optional<std::size_t> size = base64url_decode(part, bytes);
    if (!size) return std::nullopt;
    json::value value = parse_strict(std::string_view(bytes.data(), *size), std::move(memory));
    if (!value.is_object()) return std::nullopt;
    return value;
}

bool acceptable_header(std::string_view encoded) {
    if (std::find(usual_headers.begin(), usual_headers.end(), encoded) != usual_headers.end())
        return true;
    const std::optional<json::value> value = decode_object(encoded, {});
    if (!value) return false;
    const json::object& header = value->get_object();
    const json::value* type = header.if_contains("typ");
    return is_text(header.if_contains("alg"), "HS256") && (type == nullptr || is_text(type, "JWT"))
           && !header.contains("crit");
}

// A member that may be absent or null; empty if it has a wrong type.
bool read_text(const json::object& from, json::string_view name, std::string& to) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr || value->is_null()) return true;
    const json::string* text = value->if_string();
    if (text == nullptr) return false;
    to.assign(text->data(), text->size());
    return true;
}

// A user's id: text, or a whole number.
bool read_user(const json::object& from, json::string_view name, std::string& to) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr || !value->is_number()) return read_text(from, name, to);
    const std::optional<std::int64_t> id = read_id(*value);
    if (id) to = std::to_string(*id);
    return id.has_value();
}

// A NumericDate, its fraction cut off (RFC 7519 section 2).
bool read_date(const json::object& from, json::string_view name,
               std::optional<std::chrono::seconds>& to) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) return true;
    std::int64_t seconds = -1;
    if (const std::int64_t* whole = value->if_int64()) {
        seconds = *whole;
    } else if (const double* real = value->if_double()) {
        if (*real >= 0 && *real <= static_cast<double>(latest_date))
            seconds = static_cast<std::int64_t>(*real);
    }
    if (seconds < 0 || seconds > latest_date) return false;
    to = std::chrono::seconds(seconds);
    return true;
}

bool read_context(const json::object& claims, jwt_claims& to) {
    const json::value* value = claims.if_contains("context");
    if (value == nullptr || value->is_null()) return true;
    const json::object* context = value->if_object();
    if (context == nullptr) return false;
    const json::value* room = context->if_contains("room_id");
    if (room != nullptr && !room->is_null()) {
        to.room_id = read_id(*room);
        if (!to.room_id) return false;
    }
    std::string zone;
    if (!read_text(*context, "user_tz", to.user_tz) || !read_text(*context, "tz", zone))
        return false;
    if (to.user_tz.empty()) to.user_tz = std::move(zone);
    return true;
}

// Everything that claims may say; false if anything has a wrong type.
bool read_claims(const json::object& from, jwt_claims& to,
                 std::optional<std::chrono::seconds>& not_before) {
    std::string older_user;
    if (!read_text(from, "iss", to.issuer) || to.issuer.empty()) return false;
    if (!read_user(from, "sub", to.user_id) || !read_user(from, "prn", older_user)) return false;
    if (to.user_id.empty()) to.user_id = std::move(older_user);
    return read_date(from, "iat", to.issued_at) && read_date(from, "exp", to.expires_at)
           && read_date(from, "nbf", not_before) && read_text(from, "jti", to.jti)
           && read_context(from, to);
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
    try {
        if (!acceptable_header(split_token->header)) return std::nullopt;
        unsigned char arena[4096];
        json::monotonic_resource memory(arena, sizeof arena);
        const std::optional<json::value> claims = decode_object(split_token->claims, &memory);
        if (!claims || !read_claims(claims->get_object(), token.claims_, token.not_before_))
            return std::nullopt;
    } catch (const protocol_error&) {
        return std::nullopt;
    }
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
