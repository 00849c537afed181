#include "host/connect/signing.hpp"

#include "protocol/jwt.hpp"

namespace hipchat::host {
namespace {

constexpr std::chrono::seconds token_lifetime{3600};

secret signed_authorization(const delivery& due, const client& to, std::chrono::seconds now) {
    protocol::jwt_claims claims;
    claims.issuer = to.oauth_id;
    claims.user_id = due.user_id;
    claims.issued_at = now;
    claims.expires_at = now + token_lifetime;
    claims.jti = due.jti;
    claims.room_id = due.room_id;
    claims.user_tz = "UTC";
    return secret("JWT " + protocol::sign(claims, to.secret));
}

}  // namespace

transport::http_call webhook_call(const delivery& due, const client& to, const hook& at,
                                  std::chrono::seconds now, std::chrono::milliseconds timeout) {
    transport::http_call call;
    call.method = "POST";
    call.url = at.url;
    call.headers.emplace_back("Content-Type", "application/json");
    if (at.is_signed) call.authorization = signed_authorization(due, to, now);
    call.body = due.body;
    call.timeout = timeout;
    call.max_answer_bytes = 256UL * 1024;
    return call;
}

}  // namespace hipchat::host
