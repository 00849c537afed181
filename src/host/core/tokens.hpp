#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"
#include "host/core/clients.hpp"

namespace hipchat::host {

/// The scopes that a client gets when it asks for `wanted`: all of its own when it does not say;
/// empty optional if it asks for one that it does not have, or for none (addon-side.md 3.1).
std::optional<std::vector<scope>> granted_scopes(const client& to,
                                                 const std::optional<std::vector<scope>>& wanted);

/// What an access token of a client stands for.
struct client_token {
    client_ptr who = {};
    std::vector<scope> scopes = {};
    std::chrono::seconds expires{0};  ///< since 1970
};

/// The access tokens. Only their SHA-256 is kept; a token is void when its time is up or its client
/// is. Loop thread only.
class tokens {
public:
    static constexpr std::chrono::seconds lifetime{3600};

    tokens(database& store, const clock& time, const clients& known, connection& on);

    /// A new token of 40 letters and digits; empty if the client was revoked meanwhile.
    task<std::optional<secret>> issue(client_ptr to, std::vector<scope> scopes);

    /// Empty if the token is void, or never was one.
    std::optional<client_token> find(const secret& token) const;

    task<> revoke(secret token);

private:
    struct kept {
        std::string oauth_id;
        std::vector<scope> scopes;
        std::chrono::seconds expires;
    };

    void drop_expired();

    database& store_;
    const clock& time_;
    const clients& clients_;
    std::map<std::string, kept, std::less<>> by_hash_;
    std::size_t drop_at_ = 1024;
};

/// What is kept of a token: its SHA-256, as text.
std::string hash_of(const secret& token);

/// Reads "send_notification view_room"; unknown names are left out.
std::vector<scope> split_scopes(std::string_view text);

}  // namespace hipchat::host
