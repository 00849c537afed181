#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "addon/pages/page_caller.hpp"
#include "base/clock.hpp"
#include "hipchat/scope.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// Where the host sends a user's browser back to.
inline constexpr const char* authorized_path = "/addon/authorized";

/// How long a user may take to decide.
constexpr std::chrono::minutes authorization_life{10};

/// The `state` of an authorization: who began it, in which installation. Written like a page token
/// and signed with a key of its own, so that neither is ever taken for the other.
class authorization_state {
public:
    authorization_state(const page_caller& caller, std::chrono::seconds now);

    const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
};

/// The user of a state that this add-on made for `tenant`, which must be that of the state's
/// issuer, and that has not expired; else what is wrong with it.
std::variant<std::string, protocol::jwt_flaw> verify_authorization_state(
    protocol::unverified_page_token state, const storage::tenant& tenant, std::chrono::seconds now);

/// How a user is asked. Immutable.
class user_authorization {
public:
    /// @param asked    scopes; empty: nobody is asked
    /// @param base_url of the add-on, without a slash at the end
    user_authorization(std::vector<scope> asked, std::string base_url, const clock& time)
        : asked_(std::move(asked)), base_url_(std::move(base_url)), clock_(time) {}

    /// The host's page on which the caller decides. Throws config_error if no scopes are asked,
    /// bad_request if the caller is a guest, protocol_error if the host has no such page.
    std::string url_for(const page_caller& caller) const;

    const std::vector<scope>& asked() const noexcept { return asked_; }
    std::string redirect_uri() const { return base_url_ + authorized_path; }

private:
    std::vector<scope> asked_;
    std::string base_url_;
    const clock& clock_;
};

}  // namespace hipchat::addons
