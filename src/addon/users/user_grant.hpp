#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"
#include "protocol/oauth.hpp"

namespace hipchat::addons {

/// A user's access token for the REST API. It is no access_token: that is the add-on's own.
class user_access_token {
public:
    explicit user_access_token(secret value) : value_(std::move(value)) {}
    const secret& value() const noexcept { return value_; }

private:
    secret value_;
};

/// What a user let the add-on do, as it is kept.
struct user_grant {
    user_access_token token;
    secret refresh_token = {};           ///< empty: it cannot be renewed
    std::chrono::seconds renew_at{0};    ///< since 1970
    std::chrono::seconds expires_at{0};  ///< since 1970
    std::vector<scope> scopes = {};
};

/// @param asked the scopes, where the answer does not name them (RFC 6749 5.1)
user_grant make_user_grant(const protocol::token_grant& granted, const std::vector<scope>& asked,
                           std::chrono::seconds now);

/// The key of a user's grant among the library's data of a tenant.
std::string user_grant_key(std::string_view user_id);

std::string write_user_grant(const user_grant& value);
/// Throws protocol_error naming the member.
user_grant read_user_grant(std::string_view text);

}  // namespace hipchat::addons
