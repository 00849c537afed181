#include "addon/users/authorization.hpp"

#include "addon/tenant_key.hpp"
#include "hipchat/page.hpp"
#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

secret state_key(const storage::tenant& tenant) {
    return tenant_key(tenant, "authorization state 1");
}

}  // namespace

authorization_state::authorization_state(const page_caller& caller, std::chrono::seconds now) {
    protocol::page_claims claims;
    claims.issuer = caller.tenant()->oauth_id;
    claims.generation = caller.tenant()->generation;
    claims.user_id = caller.user_id();
    claims.began = now;
    claims.issued_at = now;
    claims.expires_at = now + authorization_life;
    text_ = protocol::sign_page_token(claims, state_key(*caller.tenant()));
}

std::variant<std::string, protocol::jwt_flaw> verify_authorization_state(
    protocol::unverified_page_token state, const storage::tenant& tenant,
    std::chrono::seconds now) {
    auto checked = protocol::verify_page_token(std::move(state), state_key(tenant), now);
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked)) return *flaw;
    auto& claims = std::get<protocol::page_claims>(checked);
    // The key says both already; the claims are what a reader of this code can check.
    if (claims.issuer != tenant.oauth_id || claims.generation != tenant.generation)
        return protocol::jwt_flaw::bad_signature;
    return std::move(claims.user_id);
}

std::string user_authorization::url_for(const page_caller& caller) const {
    if (asked_.empty())
        throw config_error(
            "authorization_url: no scopes are asked of users; declare them with "
            "addon.user_tokens({…})");
    if (caller.user_id().empty())
        throw bad_request("", "This needs a person that the host names; guests cannot do it.");
    const storage::tenant& tenant = *caller.tenant();
    if (tenant.authorization_url.empty())
        throw protocol_error("capabilities.oauth2Provider.authorizationUrl",
                             "the host names none, so its users cannot be asked");
    const authorization_state state(caller, clock_.unix_time());
    const bool has_query = tenant.authorization_url.find('?') != std::string::npos;
    return tenant.authorization_url + (has_query ? "&" : "?")
           + "response_type=code&client_id=" + protocol::percent_encode(tenant.oauth_id)
           + "&redirect_uri=" + protocol::percent_encode(redirect_uri())
           + "&scope=" + protocol::percent_encode(protocol::join_scopes(asked_))
           + "&state=" + protocol::percent_encode(state.text());
}

}  // namespace hipchat::addons
