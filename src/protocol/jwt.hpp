#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "hipchat/secret.hpp"

// JSON web tokens as the protocol uses them (addon-side.md 4): HS256 and nothing else, the key is
// the UTF-8 text of the shared secret.
//
//   base64url(header) "." base64url(claims) "." base64url(HMAC-SHA-256 of all before the last dot)

namespace hipchat::protocol {

/// Claims of a verified token; absent text is empty.
struct jwt_claims {
    std::string issuer = {};   ///< the installation's oauthId
    std::string user_id = {};  ///< `sub`, else `prn`, as text whether it came as text or number
    std::optional<std::chrono::seconds> issued_at = {};   ///< since 1970
    std::optional<std::chrono::seconds> expires_at = {};  ///< since 1970
    std::string jti = {};
    std::optional<std::int64_t> room_id = {};  ///< context.room_id
    std::string user_tz = {};                  ///< context.user_tz, else context.tz
};

enum class jwt_flaw {
    bad_signature,  ///< not made with this key
    expired,        ///< `exp` has passed, or is missing
    not_yet_valid,  ///< `iat` or `nbf` lies in the future
};

/// One word for a log line.
std::string_view to_string(jwt_flaw flaw) noexcept;

/// A well-formed HS256 token of which nothing is known to be true. It yields the issuer only: what
/// is needed to find the key.
class unverified_token {
public:
    /// Empty unless `compact` is three strict base64url parts, the header is an object with
    /// alg HS256, typ absent or JWT and no `crit`, the claims are an object with a non-empty text
    /// `iss`, neither repeats a member, and every claim that jwt_claims names has its type.
    /// @param compact at most 8 KiB; not needed afterwards
    static std::optional<unverified_token> parse(std::string_view compact);

    std::string_view issuer() const noexcept { return claims_.issuer; }

private:
    friend std::variant<jwt_claims, jwt_flaw> verify(unverified_token token, std::string_view key,
                                                     std::chrono::seconds now,
                                                     std::chrono::seconds leeway);
    unverified_token() = default;

    std::string signing_input_;
    std::array<char, 32> signature_{};
    jwt_claims claims_;
    std::optional<std::chrono::seconds> not_before_;
};

/// The token's claims if it was signed with `key` and is valid at `now`, give or take `leeway`.
/// `exp` is required; an empty key verifies nothing.
std::variant<jwt_claims, jwt_flaw> verify(unverified_token token, std::string_view key,
                                          std::chrono::seconds now, std::chrono::seconds leeway);

/// A signed token: `sub` and `prn` both from user_id, `context` if room_id or user_tz is set.
std::string sign(const jwt_claims& claims, const secret& key);

}  // namespace hipchat::protocol
