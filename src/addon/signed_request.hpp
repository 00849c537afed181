#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "protocol/jwt.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// The credential of a request as it was carried, not looked into (addon-side.md 4.2). Points into
/// the request, or into itself where the carrier was encoded.
class carried_token {
public:
    carried_token() = default;
    explicit carried_token(std::string_view plain) : plain_(plain) {}
    explicit carried_token(std::string decoded) : decoded_(std::move(decoded)) {}

    /// Empty: none was carried.
    std::string_view text() const noexcept { return decoded_.empty() ? plain_ : decoded_; }

private:
    std::string_view plain_;
    std::string decoded_;
};

/// Finds the token: `Authorization: JWT …` or `JWT token=…`, else signed_request in the query, else
/// x-acpt, else signed_request in a form body. The first carrier that holds one counts.
/// @param form the body if its content type is a form, else empty
carried_token find_token(std::string_view authorization, std::string_view query,
                         std::string_view x_acpt, std::string_view form);

/// Proof that a tenant's host made this request: only verify_signed_request makes one.
class signed_request {
public:
    const std::shared_ptr<const storage::tenant>& tenant() const noexcept { return tenant_; }
    const protocol::jwt_claims& claims() const noexcept { return claims_; }

private:
    friend std::variant<signed_request, protocol::jwt_flaw> verify_signed_request(
        protocol::unverified_token token, std::shared_ptr<const storage::tenant> tenant,
        std::chrono::seconds now);
    signed_request(std::shared_ptr<const storage::tenant> tenant, protocol::jwt_claims claims)
        : tenant_(std::move(tenant)), claims_(std::move(claims)) {}

    std::shared_ptr<const storage::tenant> tenant_;
    protocol::jwt_claims claims_;
};

/// How far the clocks of host and add-on may differ.
constexpr std::chrono::seconds clock_leeway{60};

/// Verifies `token` with the secret of `tenant`, which must be that of the token's issuer.
std::variant<signed_request, protocol::jwt_flaw> verify_signed_request(
    protocol::unverified_token token, std::shared_ptr<const storage::tenant> tenant,
    std::chrono::seconds now);

}  // namespace hipchat::addons
