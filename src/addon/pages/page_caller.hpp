#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "addon/signed_request.hpp"
#include "hipchat/secret.hpp"
#include "protocol/page_token.hpp"
#include "storage/tenants.hpp"

// Who asks for a page, or makes a page's own call. Two kinds of token prove it: the host's, which
// opened the page or was fetched by it, and the page token that this add-on gave the page.

namespace hipchat::addons {

/// How long a page token is accepted. Each use of one yields the next.
constexpr std::chrono::minutes page_token_life{15};
/// How long page tokens go on from one signed request: then the host must vouch again, which it
/// does when the page is opened anew, or by HipChat.auth.withToken.
constexpr std::chrono::hours longest_page{12};

/// A person with a page of a tenant open: only the two verifications below make one.
class page_caller {
public:
    const std::shared_ptr<const storage::tenant>& tenant() const noexcept { return tenant_; }
    /// Empty for a guest or when the host named nobody.
    const std::string& user_id() const noexcept { return user_id_; }
    /// Of the token's context; absent where the host named none.
    std::optional<std::int64_t> room_id() const noexcept { return room_id_; }
    const std::string& user_tz() const noexcept { return user_tz_; }
    /// As the page's first request said: "light", "dark" or empty.
    const std::string& theme() const noexcept { return theme_; }
    /// When the host vouched for all this.
    std::chrono::seconds began() const noexcept { return began_; }

    /// The host's own word for it.
    /// @param theme of the query of this request
    page_caller(const signed_request& proof, std::string theme, std::chrono::seconds now);

private:
    friend std::variant<page_caller, protocol::jwt_flaw> verify_page_caller(
        protocol::unverified_page_token token, std::shared_ptr<const storage::tenant> tenant,
        std::chrono::seconds now);
    page_caller(std::shared_ptr<const storage::tenant> tenant, protocol::page_claims claims);

    std::shared_ptr<const storage::tenant> tenant_;
    std::string user_id_;
    std::optional<std::int64_t> room_id_;
    std::string user_tz_;
    std::string theme_;
    std::chrono::seconds began_{0};
};

/// Verifies one of our own tokens for `tenant`, which must be that of the token's issuer. A token
/// of another installation of the same oauthId is `bad_signature`.
std::variant<page_caller, protocol::jwt_flaw> verify_page_caller(
    protocol::unverified_page_token token, std::shared_ptr<const storage::tenant> tenant,
    std::chrono::seconds now);

/// A token for the calls of a page: what carries it is believed to come from `caller`, and nothing
/// else takes it. Bound to the installation and its generation, to the user and to the room.
class page_token {
public:
    page_token(const page_caller& caller, std::chrono::seconds now);

    const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
};

}  // namespace hipchat::addons
