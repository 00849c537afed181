#include "protocol/jwt.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "property.hpp"
#include "protocol/base64url.hpp"
#include "protocol/page_token.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

using protocol::jwt_claims;
using protocol::jwt_flaw;
using protocol::unverified_token;

constexpr std::string_view key = "the-secret-of-the-fuzzer-0123456789";
constexpr std::chrono::seconds now{1'500'000'000};
constexpr std::chrono::seconds leeway{60};

// OpenSSL's one call, as a witness of ours.
std::string signature_of(std::string_view signing_input) {
    std::array<unsigned char, 32> bytes{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(signing_input.data()), signing_input.size(),
         bytes.data(), &size);
    require(size == bytes.size(), "a signature has 32 bytes");
    return protocol::base64url_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

template <typename Claims>
bool is_flaw(const std::variant<Claims, jwt_flaw>& checked, jwt_flaw flaw) {
    const auto* found = std::get_if<jwt_flaw>(&checked);
    return found != nullptr && *found == flaw;
}

bool same(const jwt_claims& one, const jwt_claims& other) {
    return one.issuer == other.issuer && one.user_id == other.user_id
           && one.issued_at == other.issued_at && one.expires_at == other.expires_at
           && one.jti == other.jti && one.room_id == other.room_id && one.user_tz == other.user_tz;
}

void check_compact(std::string_view compact) {
    const auto token = unverified_token::parse(compact);
    if (!token) return;
    require(compact.size() <= std::size_t{8} * 1024, "a token is limited");
    require(!token->issuer().empty(), "a token has an issuer");
    const std::size_t dot = compact.rfind('.');
    const bool genuine = compact.substr(dot + 1) == signature_of(compact.substr(0, dot));
    const auto checked = protocol::verify(*token, key, now, leeway);
    require(is_flaw(checked, jwt_flaw::bad_signature) != genuine,
            "a signature is good exactly if OpenSSL says so");
    require(is_flaw(protocol::verify(*token, "", now, leeway), jwt_flaw::bad_signature),
            "an empty key verifies nothing");
}

// Claims that hold can be written, and read again as the same.
void check_round_trip(const jwt_claims& claims) {
    require(claims.expires_at && *claims.expires_at + leeway >= now, "a token has not expired");
    const std::string again = protocol::sign(claims, secret(std::string(key)));
    const auto token = unverified_token::parse(again);
    if (!token) {
        require(again.size() > std::size_t{8} * 1024, "what was signed can be parsed");
        return;
    }
    const auto checked = protocol::verify(*token, key, now, leeway);
    const auto* const read = std::get_if<jwt_claims>(&checked);
    require(read != nullptr && same(*read, claims), "what was signed is read as the same");
}

void check_signed(std::string_view header, std::string_view claims) {
    const std::string signing_input =
        protocol::base64url_encode(header) + "." + protocol::base64url_encode(claims);
    std::string compact = signing_input + "." + signature_of(signing_input);
    const auto token = unverified_token::parse(compact);
    if (!token) return;
    const auto checked = protocol::verify(*token, key, now, leeway);
    require(!is_flaw(checked, jwt_flaw::bad_signature), "a good signature is recognised");
    require(is_flaw(protocol::verify(*token, "another key", now, leeway), jwt_flaw::bad_signature),
            "another key does not verify");
    compact[compact.size() - 2] = compact[compact.size() - 2] == 'A' ? 'B' : 'A';
    const auto forged = unverified_token::parse(compact);
    require(forged.has_value(), "another signature is well-formed too");
    require(is_flaw(protocol::verify(*forged, key, now, leeway), jwt_flaw::bad_signature),
            "a changed signature does not verify");
    if (const auto* held = std::get_if<jwt_claims>(&checked)) check_round_trip(*held);
}

void check_page_token(std::string_view compact) {
    const auto token = protocol::unverified_page_token::parse(compact);
    if (!token) return;
    require(protocol::unverified_page_token::claimed_by(compact), "a page token claims to be one");
    require(!unverified_token::parse(compact), "a page token is no other token");
    const std::size_t dot = compact.rfind('.');
    const bool genuine = compact.substr(dot + 1) == signature_of(compact.substr(0, dot));
    const secret ours{std::string(key)};
    const auto checked = protocol::verify_page_token(*token, ours, now);
    require(is_flaw(checked, jwt_flaw::bad_signature) != genuine,
            "a signature is good exactly if OpenSSL says so");
    const auto* const held = std::get_if<protocol::page_claims>(&checked);
    if (held == nullptr) return;
    require(held->expires_at > now, "a token has not expired");
    const auto again =
        protocol::unverified_page_token::parse(protocol::sign_page_token(*held, ours));
    if (!again) return;  // with escapes it can become too long
    const auto read = protocol::verify_page_token(*again, ours, now);
    const auto* const same = std::get_if<protocol::page_claims>(&read);
    require(same != nullptr && same->issuer == held->issuer && same->user_id == held->user_id
                && same->room_id == held->room_id && same->generation == held->generation
                && same->theme == held->theme && same->user_tz == held->user_tz
                && same->began == held->began && same->expires_at == held->expires_at,
            "what was signed is read as the same");
}

void check_base64url(std::string_view text) {
    const auto bytes = protocol::base64url_decode(text);
    require(!bytes || protocol::base64url_encode(*bytes) == text, "bytes have one spelling");
    require(protocol::base64url_decode(protocol::base64url_encode(text)) == std::string(text),
            "what was encoded can be decoded");
}

}  // namespace

void jwt(std::string_view input) {
    check_compact(input);
    check_page_token(input);
    check_base64url(input);
    const auto [header, claims] = split(input, '\n');
    const std::string page = protocol::base64url_encode(R"({"alg":"HS256","typ":"page+jwt"})") + "."
                             + protocol::base64url_encode(claims);
    check_page_token(page + "." + signature_of(page));
    check_signed(header, claims);
}

}  // namespace hipchat::fuzz
