#include "addon/pages/page_caller.hpp"

#include <algorithm>
#include <utility>

#include "addon/tenant_key.hpp"

namespace hipchat::addons {
namespace {

secret page_key(const storage::tenant& tenant) {
    return tenant_key(tenant, "page token 1");
}

}  // namespace

page_caller::page_caller(const signed_request& proof, std::string theme, std::chrono::seconds now)
    : tenant_(proof.tenant()),
      user_id_(proof.claims().user_id),
      room_id_(proof.claims().room_id),
      user_tz_(proof.claims().user_tz),
      theme_(std::move(theme)),
      began_(now) {
}

page_caller::page_caller(std::shared_ptr<const storage::tenant> tenant,
                         protocol::page_claims claims)
    : tenant_(std::move(tenant)),
      user_id_(std::move(claims.user_id)),
      room_id_(claims.room_id),
      user_tz_(std::move(claims.user_tz)),
      theme_(std::move(claims.theme)),
      began_(claims.began) {
}

std::variant<page_caller, protocol::jwt_flaw> verify_page_caller(
    protocol::unverified_page_token token, std::shared_ptr<const storage::tenant> tenant,
    std::chrono::seconds now) {
    auto checked = protocol::verify_page_token(std::move(token), page_key(*tenant), now);
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked)) return *flaw;
    auto& claims = std::get<protocol::page_claims>(checked);
    // The key says both already; the claims are what a reader of this code can check.
    if (claims.issuer != tenant->oauth_id || claims.generation != tenant->generation)
        return protocol::jwt_flaw::bad_signature;
    return page_caller(std::move(tenant), std::move(claims));
}

page_token::page_token(const page_caller& caller, std::chrono::seconds now) {
    protocol::page_claims claims;
    claims.issuer = caller.tenant()->oauth_id;
    claims.generation = caller.tenant()->generation;
    claims.user_id = caller.user_id();
    claims.room_id = caller.room_id();
    claims.user_tz = caller.user_tz();
    claims.theme = caller.theme();
    claims.began = caller.began();
    claims.issued_at = now;
    claims.expires_at =
        std::min<std::chrono::seconds>(now + page_token_life, caller.began() + longest_page);
    text_ = protocol::sign_page_token(claims, page_key(*caller.tenant()));
}

}  // namespace hipchat::addons
