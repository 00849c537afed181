#include "addon/tokens/token_source.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "addon/tokens/token_request.hpp"
#include "base/random.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::addons {

token_source::token_source(transport::http_client& http, const clock& time, start_beside beside,
                           logger& log)
    : http_(http), clock_(time), beside_(std::move(beside)), log_(log), jitter_(share_of_one()) {
}

token_source::key token_source::key_of(const storage::tenant& tenant,
                                       const std::vector<scope>& scopes) {
    std::uint32_t set = 0;
    for (const scope wanted : scopes)
        set |= 1U << static_cast<unsigned>(wanted);
    return {tenant.oauth_id, tenant.generation, set};
}

void token_source::keep(const storage::tenant& tenant, const std::vector<scope>& scopes,
                        const protocol::token_grant& grant) {
    for (const scope asked : scopes)
        if (std::ranges::find(grant.scopes, asked) == grant.scopes.end()) return;
    key which = key_of(tenant, scopes);
    widest_ = which.scopes;
    kept_.put(std::move(which), keep_token(grant, clock_.unix_time(), jitter_));
}

std::optional<token_source::key> token_source::find_key(const storage::tenant& tenant,
                                                        const std::vector<scope>& scopes) {
    key which = key_of(tenant, scopes);
    if (kept_.find(which)) return which;
    if ((which.scopes & ~widest_) != 0) return std::nullopt;
    which.scopes = widest_;
    return kept_.find(which) ? std::optional(which) : std::nullopt;
}

task<access_token> token_source::get(std::shared_ptr<const storage::tenant> tenant,
                                     std::vector<scope> scopes) {
    if (const auto which = find_key(*tenant, scopes)) {
        const kept_token* const kept = kept_.find(*which);
        const token_use use = use_of(*kept, clock_.unix_time());
        if (use != token_use::renew_first) {
            access_token token = kept->token;
            if (use == token_use::renew_beside)
                beside_([this, tenant, scopes] { return renew_early(tenant, scopes); });
            co_return token;
        }
    }
    const kept_token fresh = co_await join(std::move(tenant), std::move(scopes));
    co_return fresh.token;
}

void token_source::forget(const storage::tenant& tenant, const std::vector<scope>& scopes,
                          const access_token& refused) {
    const auto which = find_key(tenant, scopes);
    if (which && kept_.find(*which)->token.value() == refused.value()) kept_.erase(*which);
}

task<kept_token> token_source::join(std::shared_ptr<const storage::tenant> tenant,
                                    std::vector<scope> scopes) {
    key which = key_of(*tenant, scopes);
    std::function<task<kept_token>()> attempt = [this, tenant, scopes] {
        return renew(tenant, scopes);
    };
    return flights_.get(std::move(which), std::move(attempt));
}

task<> token_source::renew_early(std::shared_ptr<const storage::tenant> tenant,
                                 std::vector<scope> scopes) {
    const std::string id = tenant->oauth_id;
    try {
        task<kept_token> flight = join(std::move(tenant), std::move(scopes));
        co_await flight;
    } catch (const std::exception&) {
        log_.warning("an early token renewal failed; the old one is still used", {{"tenant", id}});
    }
}

task<kept_token> token_source::renew(std::shared_ptr<const storage::tenant> tenant,
                                     std::vector<scope> scopes) {
    ++requests_;
    token_answer answer =
        co_await request_token(http_, tenant->token_url, tenant->oauth_id, tenant->secret, scopes);
    if (answer.status == 0)
        throw transport_error(transport_error::reason::connect, "no access token: " + answer.why);
    if (!answer.grant && answer.status < 400)
        throw protocol_error("", "no access token: " + answer.why);
    if (!answer.grant) throw api_error(answer.status, "no access token: " + answer.why);
    kept_token fresh = keep_token(*answer.grant, clock_.unix_time(), jitter_);
    kept_.put(key_of(*tenant, scopes), fresh);
    co_return fresh;
}

}  // namespace hipchat::addons
