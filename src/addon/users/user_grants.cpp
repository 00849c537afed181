#include "addon/users/user_grants.hpp"

#include <utility>

#include "addon/data/data_access.hpp"
#include "addon/tokens/token_request.hpp"
#include "hipchat/data.hpp"
#include "hipchat/user_tokens.hpp"

namespace hipchat::addons {
namespace {

// A call takes time: in its last seconds a token is not used.
constexpr std::chrono::seconds least_life{5};

storage::data_partition place_of(const storage::tenant& of) {
    return data_access::partition_of(of, storage::data_space::library);
}

[[noreturn]] void throw_not_authorized(const std::string& user_id, const std::string& why) {
    throw not_authorized(
        user_id, "user " + user_id + " " + why + ": show them page_request::authorization_url()");
}

// Throws unless the answer leaves no doubt that the grant has ended.
void throw_if_unclear(const token_answer& answer) {
    if (answer.status == 0)
        throw transport_error(transport_error::reason::connect,
                              "no token of the user: " + answer.why);
    if (answer.status < 400) throw protocol_error("", "no token of the user: " + answer.why);
    if (answer.status != 400) throw api_error(answer.status, "no token of the user: " + answer.why);
}

}  // namespace

task<std::optional<user_grant>> user_grants::find(tenant_ptr of, std::string user_id) {
    task<std::optional<std::string>> reading = kept_.get(place_of(*of), user_grant_key(user_id));
    const std::optional<std::string> text = co_await reading;
    if (!text) co_return std::nullopt;
    co_return read_user_grant(*text);
}

task<user_grant> user_grants::get(tenant_ptr of, std::string user_id) {
    task<std::optional<user_grant>> finding = find(of, user_id);
    std::optional<user_grant> known = co_await finding;
    if (!known) throw_not_authorized(user_id, "has not let this add-on act for them");
    const std::chrono::seconds now = clock_.unix_time();
    const bool usable = now + least_life < known->expires_at;
    if (usable && (now < known->renew_at || known->refresh_token.empty()))
        co_return std::move(*known);
    std::exception_ptr failure;
    try {
        task<user_grant> renewing = renew(of, user_id, *known);
        user_grant fresh = co_await renewing;
        co_return fresh;
    } catch (const not_authorized&) {
        throw;
    } catch (const error&) {
        failure = std::current_exception();
    }
    if (!usable) std::rethrow_exception(failure);
    log_.warning("an early renewal of a user's token failed; the old one is still used",
                 {{"tenant", of->oauth_id}, {"user", user_id}});
    co_return std::move(*known);
}

task<user_grant> user_grants::get_other(tenant_ptr of, std::string user_id,
                                        user_access_token refused) {
    task<user_grant> getting = get(of, user_id);
    user_grant known = co_await getting;
    if (known.token.value() != refused.value()) co_return known;
    task<user_grant> renewing = renew(std::move(of), std::move(user_id), std::move(known));
    co_return co_await renewing;
}

task<> user_grants::put(tenant_ptr of, std::string user_id, user_grant what) {
    task<storage::data_change> writing =
        kept_.set(place_of(*of), user_grant_key(user_id), write_user_grant(what));
    if (co_await writing == storage::data_change::gone)
        throw tenant_gone("user token: the installation " + of->oauth_id
                          + " was removed, and what its users granted with it");
}

task<> user_grants::erase(tenant_ptr of, std::string user_id) {
    task<storage::data_change> erasing = kept_.erase(place_of(*of), user_grant_key(user_id));
    co_await erasing;
}

task<user_grant> user_grants::renew(tenant_ptr of, std::string user_id, user_grant old) {
    std::string key = of->oauth_id + '\n' + std::to_string(of->generation) + '\n' + user_id;
    std::function<task<user_grant>()> attempt = [this, of, user_id, old] {
        return attempt_renewal(of, user_id, old);
    };
    return flights_.get(std::move(key), std::move(attempt));
}

task<user_grant> user_grants::attempt_renewal(tenant_ptr of, std::string user_id, user_grant old) {
    if (!old.refresh_token.empty()) {
        task<token_answer> asking =
            ask_token_endpoint(http_, of->token_url, of->oauth_id, of->secret,
                               protocol::write_refresh_request(old.refresh_token));
        const token_answer answer = co_await asking;
        if (answer.grant) {
            user_grant fresh = make_user_grant(*answer.grant, old.scopes, clock_.unix_time());
            // A host need not give a new one (RFC 6749 6).
            if (fresh.refresh_token.empty()) fresh.refresh_token = old.refresh_token;
            task<> keeping = put(of, user_id, fresh);
            co_await keeping;
            co_return fresh;
        }
        throw_if_unclear(answer);
    }
    // Another copy of the add-on may have renewed it meanwhile.
    task<std::optional<user_grant>> looking = find(of, user_id);
    std::optional<user_grant> now = co_await looking;
    if (now && now->token.value() != old.token.value()) co_return std::move(*now);
    task<> erasing = erase(of, user_id);
    co_await erasing;
    throw_not_authorized(user_id, "does not let this add-on act for them any more");
}

}  // namespace hipchat::addons
