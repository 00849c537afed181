#include "protocol/page_token.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "protocol/members.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t largest_token = 8192;

// {"alg":"HS256","typ":"page+jwt"} and a dot. No other spelling is accepted.
constexpr std::string_view header = "eyJhbGciOiJIUzI1NiIsInR5cCI6InBhZ2Urand0In0.";

// Other copies of the add-on sign too, and their clocks may be a little ahead.
constexpr std::chrono::seconds clock_difference{60};

std::chrono::seconds seconds_in(const members& from, std::string_view name) {
    const auto value = from.id(name);
    if (!value) throw protocol_error(from.path_of(name), "is missing");
    return std::chrono::seconds(*value);
}

page_claims read_claims_of(std::string_view text) {
    const json::value document = parse_strict_object(text);
    const members from(document.get_object(), {});
    page_claims claims;
    claims.issuer = from.required_text("iss");
    claims.generation = from.id("gen").value_or(0);
    claims.user_id = from.text("sub").value_or("");
    claims.room_id = from.id("room");
    claims.user_tz = from.text("tz").value_or("");
    claims.theme = from.text("theme").value_or("");
    claims.began = seconds_in(from, "began");
    claims.issued_at = seconds_in(from, "iat");
    claims.expires_at = seconds_in(from, "exp");
    return claims;
}

}  // namespace

bool unverified_page_token::claimed_by(std::string_view compact) noexcept {
    return compact.starts_with(header);
}

std::optional<unverified_page_token> unverified_page_token::parse(std::string_view compact) {
    if (!claimed_by(compact) || compact.size() > largest_token) return std::nullopt;
    const std::size_t last = compact.rfind('.');
    if (last < header.size()) return std::nullopt;
    unverified_page_token token;
    const auto signature = base64url_decode(compact.substr(last + 1));
    if (!signature || signature->size() != token.signature_.size()) return std::nullopt;
    std::ranges::copy(*signature, token.signature_.begin());
    const auto text = base64url_decode(compact.substr(header.size(), last - header.size()));
    if (!text) return std::nullopt;
    try {
        token.claims_ = read_claims_of(*text);
    } catch (const protocol_error&) {
        return std::nullopt;
    }
    token.signing_input_ = compact.substr(0, last);
    return token;
}

std::variant<page_claims, jwt_flaw> verify_page_token(unverified_page_token token,
                                                      const secret& key, std::chrono::seconds now) {
    if (key.empty()) return jwt_flaw::bad_signature;
    const sha256_digest expected = hmac_sha256(key.reveal(), token.signing_input_);
    if (CRYPTO_memcmp(expected.data(), token.signature_.data(), expected.size()) != 0)
        return jwt_flaw::bad_signature;
    if (token.claims_.expires_at <= now) return jwt_flaw::expired;
    if (token.claims_.issued_at > now + clock_difference) return jwt_flaw::not_yet_valid;
    return std::move(token.claims_);
}

std::string sign_page_token(const page_claims& claims, const secret& key) {
    json::object body;
    body["iss"] = claims.issuer;
    body["gen"] = claims.generation;
    if (!claims.user_id.empty()) body["sub"] = claims.user_id;
    if (claims.room_id) body["room"] = *claims.room_id;
    if (!claims.user_tz.empty()) body["tz"] = claims.user_tz;
    if (!claims.theme.empty()) body["theme"] = claims.theme;
    body["began"] = claims.began.count();
    body["iat"] = claims.issued_at.count();
    body["exp"] = claims.expires_at.count();
    std::string token(header);
    token += base64url_encode(json::serialize(body));
    const sha256_digest mac = hmac_sha256(key.reveal(), token);
    token += '.';
    token += base64url_encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
    return token;
}

}  // namespace hipchat::protocol
