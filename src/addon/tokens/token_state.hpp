#pragma once

#include <chrono>

#include "hipchat/secret.hpp"
#include "protocol/oauth.hpp"

// When a token is used and when it is renewed (addon-side.md 3.2), as pure functions of the clock.
//
//   granted                      renew_at                         expires_at
//      |------- as it is -----------|--- still used, renewed beside ---|--- renewed first --->

namespace hipchat::addons {

/// An access token for the REST API. Only a token endpoint's grant makes one.
class access_token {
public:
    explicit access_token(const protocol::token_grant& grant) : value_(grant.access_token) {}
    const secret& value() const noexcept { return value_; }

private:
    secret value_;
};

struct kept_token {
    access_token token;
    std::chrono::seconds renew_at;    ///< since 1970
    std::chrono::seconds expires_at;  ///< since 1970
};

enum class token_use {
    as_is,
    renew_beside,  ///< good for this call, but fetch the next one now
    renew_first,   ///< too old for a call
};

/// Obeys expires_in. The margin for renewal is 60 s or a quarter of the life, whichever is shorter,
/// and starts up to half of itself earlier, by `jitter`.
/// @param jitter 0 to 1, different in each process so that a fleet does not renew at once
kept_token keep_token(const protocol::token_grant& grant, std::chrono::seconds now, double jitter);

/// What to do with a kept token at `now`. In its last 5 s it is not used: a call takes time.
token_use use_of(const kept_token& token, std::chrono::seconds now);

}  // namespace hipchat::addons
