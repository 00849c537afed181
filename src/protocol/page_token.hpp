#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "hipchat/secret.hpp"
#include "protocol/jwt.hpp"

// The token that an add-on gives its own page, so that the page can call the add-on
// (addon-side.md 4.4). It looks like the host's tokens and is none: another header, another key.
//
//   base64url({"alg":"HS256","typ":"page+jwt"}) "." base64url(claims) "." base64url(HMAC-SHA-256)
//   {"iss": oauthId, "gen": generation, "sub"?: user, "room"?: id, "tz"?: text, "theme"?: text,
//    "began": seconds, "iat": seconds, "exp": seconds}

namespace hipchat::protocol {

/// What a page token says; absent text is empty.
struct page_claims {
    std::string issuer = {};      ///< oauthId of the installation
    std::int64_t generation = 0;  ///< of that installation
    std::string user_id = {};
    std::optional<std::int64_t> room_id = {};
    std::string user_tz = {};
    std::string theme = {};
    std::chrono::seconds began{0};       ///< when the host vouched for all this, since 1970
    std::chrono::seconds issued_at{0};   ///< since 1970
    std::chrono::seconds expires_at{0};  ///< since 1970
};

/// A well-formed page token of which nothing is known to be true. It yields the issuer only.
class unverified_page_token {
public:
    /// Whether `compact` claims to be a page token. One that does is nothing else.
    static bool claimed_by(std::string_view compact) noexcept;

    /// Empty unless `compact` is exactly what sign_page_token writes, but for the claims' order.
    /// @param compact at most 8 KiB; not needed afterwards
    static std::optional<unverified_page_token> parse(std::string_view compact);

    std::string_view issuer() const noexcept { return claims_.issuer; }

private:
    friend std::variant<page_claims, jwt_flaw> verify_page_token(unverified_page_token token,
                                                                 const secret& key,
                                                                 std::chrono::seconds now);
    unverified_page_token() = default;

    std::string signing_input_;
    std::array<char, 32> signature_{};
    page_claims claims_;
};

/// The token's claims if it was signed with `key` and has not expired at `now`. An empty key
/// verifies nothing.
std::variant<page_claims, jwt_flaw> verify_page_token(unverified_page_token token,
                                                      const secret& key, std::chrono::seconds now);

std::string sign_page_token(const page_claims& claims, const secret& key);

}  // namespace hipchat::protocol
