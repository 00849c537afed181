#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/people.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"

namespace hipchat::rest {

/// What an access token may do, and who it belongs to (host-side.md 2). `json` is left without the
/// token itself.
struct session : resource {
    std::chrono::seconds expires_in{0};
    std::vector<scope> scopes = {};          ///< those that this library knows
    std::string owner_type = {};             ///< "client" or "user"
    std::optional<user_summary> owner = {};  ///< of a user's token
    std::string client_id = {};              ///< the installation's oauthId
    std::string client_name = {};
    std::vector<scope> allowed_scopes = {};  ///< of the client
    std::optional<room_summary> room = {};   ///< of a room install
};

/// Access tokens, looked at and revoked.
class sessions {
public:
    explicit sessions(client host) : host_(std::move(host)) {}

    /// The session of the token that the add-on itself uses (or of the user's, with as_user).
    task<session> current() const;
    /// The session of any token, asked for with that token.
    task<session> get(secret access_token) const;
    /// Revokes a token.
    task<> remove(secret access_token) const;

private:
    client host_;
};

}  // namespace hipchat::rest
