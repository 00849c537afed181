#include "addon/users/endpoint.hpp"

#include <utility>

#include "addon/cores.hpp"
#include "addon/failures/error_boundary.hpp"
#include "addon/rest/handle.hpp"
#include "addon/tokens/token_request.hpp"
#include "hipchat/data.hpp"
#include "hipchat/rest/sessions.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

// A code is a word; a host that sends more sends something else.
constexpr std::size_t longest_code = 2048;

constexpr const char* begin_again = " Begin again at the add-on's page.\n";

reply page_of_text(int status, const std::string& text, std::string_view why = {}) {
    reply made = reply::refused(status, text);
    made.headers.emplace_back("Cache-Control", "no-store");
    made.headers.emplace_back("Referrer-Policy", "no-referrer");
    made.why = why;
    return made;
}

reply unauthorised(std::string_view why) {
    return page_of_text(
        401, std::string("This link was used, is too old, or is not ours.") + begin_again, why);
}

}  // namespace

answer authorized_endpoint::serve(const inbound& request) {
    const auto field = [&](std::string_view name) {
        return protocol::form_value(request.query, name).value_or("");
    };
    std::string text = field("state");
    auto state = protocol::unverified_page_token::parse(text);
    if (!state) return unauthorised("malformed state");
    secret code(field("code"));
    std::string error = field("error");
    if (error.empty() && (code.empty() || code.reveal().size() > longest_code))
        return page_of_text(400, std::string("code: missing, or too long.") + begin_again);
    return finish(std::move(*state), std::move(text), std::move(code), std::move(error),
                  request.id());
}

task<reply> authorized_endpoint::finish(protocol::unverified_page_token state,
                                        std::string state_text, secret code,
                                        std::string refused_by_user, request_id by) {
    task<tenant_ptr> finding = parts_.tenants.find(std::string(state.issuer()));
    tenant_ptr of = co_await finding;
    if (!of) co_return unauthorised("unknown issuer");
    const std::chrono::seconds now = parts_.time.unix_time();
    auto checked = verify_authorization_state(std::move(state), *of, now);
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked))
        co_return unauthorised(protocol::to_string(*flaw));
    if (used_.find(state_text) != nullptr) co_return unauthorised("a state used again");
    used_.put(std::move(state_text), now);
    if (!refused_by_user.empty())
        co_return page_of_text(200, "Nothing was allowed. You may close this page.\n");
    task<reply> exchanging =
        exchange(std::move(of), std::get<std::string>(std::move(checked)), std::move(code), by);
    co_return co_await exchanging;
}

task<reply> authorized_endpoint::exchange(tenant_ptr of, std::string user_id, secret code,
                                          request_id by) {
    secret body = protocol::write_code_request(code, parts_.to.authorization.redirect_uri());
    task<token_answer> asking =
        ask_token_endpoint(parts_.http, of->token_url, of->oauth_id, of->secret, std::move(body));
    const token_answer answered = co_await asking;
    if (!answered.grant) {
        hipchat::log(parts_.log, by)
            .warning("a user's authorization failed",
                     {{"tenant", of->oauth_id}, {"user", user_id}, {"reason", answered.why}});
        co_return page_of_text(502, std::string("The host did not confirm it.") + begin_again);
    }
    user_grant granted =
        make_user_grant(*answered.grant, parts_.to.authorization.asked(), parts_.time.unix_time());
    task<reply> accepting = accept(std::move(of), std::move(user_id), std::move(granted), by);
    co_return co_await accepting;
}

task<reply> authorized_endpoint::accept(tenant_ptr of, std::string user_id, user_grant granted,
                                        request_id by) {
    const rest::sessions sessions(detail::client_of(parts_.to.rest, of));
    std::string owner;
    try {
        task<rest::session> asking = sessions.get(granted.token.value());
        const rest::session session = co_await asking;
        if (session.owner) owner = std::to_string(session.owner->id);
    } catch (const error& failed) {
        hipchat::log(parts_.log, by)
            .warning("the host did not say whose a token is",
                     {{"tenant", of->oauth_id}, {"reason", failed.what()}});
        co_return page_of_text(502, std::string("The host did not say who you are.") + begin_again);
    }
    if (owner != user_id) {
        reply refused = page_of_text(
            403, "You are signed in to the host as somebody else than the person who began this.\n",
            "the token is another user's");
        refused.afterwards = [sessions, token = granted.token.value()] {
            return sessions.remove(token);
        };
        co_return refused;
    }
    bool removed = false;
    try {
        task<> keeping = parts_.to.grants.put(of, user_id, std::move(granted));
        co_await keeping;
    } catch (const tenant_gone&) {
        removed = true;
    }
    if (removed) co_return unauthorised("the tenant is gone");
    reply done = page_of_text(200, "Done. You may close this page.\n");
    done.afterwards = [this, of, user_id = std::move(user_id), by] {
        return announce(of, user_id, by);
    };
    co_return done;
}

task<> authorized_endpoint::announce(tenant_ptr of, std::string user_id, request_id by) {
    const auto core = std::make_shared<const detail::user_core>(
        detail::user_core{parts_.to, std::move(of), std::move(user_id), by});
    for (const auto& handler : parts_.handlers) {
        std::exception_ptr thrown;
        try {
            auto handling = handler.call(core);
            co_await handling;
        } catch (...) {
            thrown = std::current_exception();
        }
        if (thrown)
            parts_.to.failures.report("user_authorized", hipchat::tenant(parts_.to, core->tenant),
                                      by, thrown);
    }
}

}  // namespace hipchat::addons
