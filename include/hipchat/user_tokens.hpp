#pragma once

// Calls of the host as one of its users: the user says yes on a page of the host's, once, and the
// add-on keeps what came of it (OAuth 2 authorization code; addon-side.md 3.1, host-side.md 2).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"
#include "hipchat/rest/client.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct user_core;
}

/// The user has not let the add-on act for them, or not any more. Show them a page with
/// page_request::authorization_url().
class not_authorized : public error {
public:
    not_authorized(std::string user_id, const std::string& message)
        : error(message), user_id_(std::move(user_id)) {}

    const std::string& user_id() const noexcept { return user_id_; }

private:
    std::string user_id_;
};

/// The users of one installation who let the add-on act for them: tenant::users(). No other
/// installation's can be reached through it. They are forgotten with the installation. A value;
/// cheap to copy, and usable for as long as the add-on runs. Loop thread only. Everything throws
/// hipchat::error when the store fails.
class user_tokens {
public:
    /// The host's REST API with that user's rights. Nothing is asked of anybody before a call is
    /// made; then its errors are those of rest::client and
    ///   not_authorized  the user has not agreed, has taken it back, or it has ended
    ///   config_error    none of the scopes that suffice was granted; it names them
    /// The token is renewed as needed.
    rest::client client(std::string user_id) const;

    /// What the user granted; empty: nothing, or it has ended. Reads the store.
    task<std::optional<std::vector<scope>>> scopes(std::string user_id) const;

    /// Forgets what the user granted and asks the host to revoke the token; that the host cannot be
    /// reached is logged only. Does nothing if there is none.
    task<> forget(std::string user_id) const;

    /// For the library.
    user_tokens(const addons::access& to, std::shared_ptr<const storage::tenant> stored) noexcept
        : to_(&to), stored_(std::move(stored)) {}

private:
    const addons::access* to_;
    std::shared_ptr<const storage::tenant> stored_;
};

/// A user has let the add-on act for them; it is verified and stored.
class user_authorized final {
public:
    explicit user_authorized(std::shared_ptr<const detail::user_core> core) noexcept;

    hipchat::tenant tenant() const;
    const std::string& user_id() const noexcept;

private:
    std::shared_ptr<const detail::user_core> core_;
};

}  // namespace hipchat
