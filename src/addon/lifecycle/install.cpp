#include "addon/failures/error_boundary.hpp"
#include "addon/lifecycle/lifecycle_endpoint.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

constexpr std::size_t largest_document = 65'536;

// People hold the tokens of pages in their browsers: those name a user or a room, and prove nothing
// about who may change an installation.
bool names_a_page(const protocol::jwt_claims& claims) {
    return !claims.user_id.empty() || claims.room_id || !claims.user_tz.empty();
}

bool ended(const install_step& step) {
    return std::holds_alternative<already_installed>(step)
           || std::holds_alternative<installed_now>(step)
           || std::holds_alternative<refuse_install>(step);
}

}  // namespace

transport::http_call document_call(std::string url) {
    transport::http_call call;
    call.url = std::move(url);
    call.headers = {{"Accept", "application/json"}};
    call.timeout = std::chrono::seconds(5);
    call.max_answer_bytes = largest_document;
    return call;
}

answer lifecycle_endpoint::install(const inbound& request) {
    if (request.body.size() > largest_document)
        return reply::refused(413, "An install request is not larger than 64 KiB.\n");
    if (under_way_ >= most_installs_under_way) {
        reply busy = reply::refused(503, "Too many installs at a time; try again.\n");
        busy.retry_after = 1;
        return busy;
    }
    try {
        return accept_counted(std::string(request.credential.text()),
                              protocol::parse_installation(request.body), request.id());
    } catch (const protocol_error& wrong) {
        return reply::refused(400, std::string(wrong.what()) + "\n");
    }
}

bool lifecycle_endpoint::proved_by_old_secret(const std::string& token, const entry& known) const {
    if (!known || token.empty()) return false;
    auto parsed = protocol::unverified_token::parse(token);
    if (!parsed || parsed->issuer() != known->oauth_id) return false;
    const auto checked = verify_signed_request(std::move(*parsed), known, parts_.time.unix_time());
    const auto* proof = std::get_if<signed_request>(&checked);
    return proof != nullptr && !names_a_page(proof->claims());
}

task<reply> lifecycle_endpoint::accept_counted(std::string token, protocol::installation body,
                                               request_id by) {
    const count_one counted(under_way_);
    task<reply> accepting = accept(std::move(token), std::move(body), "", by);
    co_return co_await accepting;
}

// @param token what came with the request; may be empty
task<reply> lifecycle_endpoint::accept(std::string token, protocol::installation body,
                                       std::string relay_state, request_id by) {
    const hipchat::log log(parts_.log, by);
    const std::string id = body.oauth_id;
    observe("install 1: wait for the turn");
    const keyed_lock::guard turn = co_await turns_.acquire(id);
    observe("install 2: look the tenant up");
    const entry known = co_await parts_.tenants.find(id);

    progress made{install_flow(parts_.rules)};
    install_step step = made.flow.judge(std::move(body), known, proved_by_old_secret(token, known));
    while (!ended(step)) {
        task<install_step> performing = perform(made, std::move(step));
        step = co_await performing;
    }
    observe("install 6: answer");
    if (const auto* refusal = std::get_if<refuse_install>(&step)) {
        log.warning("install refused", {{"oauth_id", id}, {"reason", refusal->reason}});
        co_return reply::refused(refusal->status, refusal->reason + "\n");
    }
    reply accepted;
    accepted.status = 201;
    if (const entry stored = made.stored) {
        log.info(known ? "updated" : "installed",
                 {{"oauth_id", id}, {"generation", stored->generation}});
        // The first call needs no token of its own.
        if (made.grant) parts_.tokens.keep(*stored, parts_.rules.scopes, *made.grant);
        const auto& handlers = known ? parts_.declared.on_updated : parts_.declared.on_installed;
        const std::string event = known ? "updated" : "installed";
        accepted.afterwards = [this, event, &handlers, stored, by,
                               relay_state = std::move(relay_state)] {
            return announce(event, handlers, stored, by, relay_state);
        };
    }
    co_return accepted;
}

// Does what `step` says and asks the flow what comes next.
task<install_step> lifecycle_endpoint::perform(progress& made, install_step step) {
    if (const auto* fetch = std::get_if<fetch_capabilities>(&step)) {
        observe("install 3: fetch the capabilities document");
        try {
            transport::http_call call = document_call(fetch->url);
            const transport::http_answer document = co_await parts_.http.send(std::move(call));
            co_return made.flow.on_capabilities(document);
        } catch (const transport_error& failed) {
            co_return made.flow.on_capabilities_failure(failed);
        }
    }
    if (const auto* token = std::get_if<ask_for_token>(&step)) {
        observe("install 4: prove the credentials");
        const token_answer granted =
            co_await request_token(parts_.http, token->token_url, token->oauth_id,
                                   token->oauth_secret, parts_.rules.scopes);
        made.grant = granted.grant;
        co_return made.flow.on_token(granted);
    }
    observe("install 5: store the tenant");
    auto& store = std::get<store_tenant>(step);
    made.stored = co_await parts_.tenants.put(std::move(store.value), store.expected_generation);
    co_return made.flow.on_stored(made.stored != nullptr);
}

task<> lifecycle_endpoint::announce(
    std::string event, const std::vector<detail::erased_handler<detail::lifecycle_core>>& handlers,
    entry tenant, request_id by, std::string relay_state) {
    const auto core = std::make_shared<const detail::lifecycle_core>(
        detail::lifecycle_core{parts_.to, std::move(tenant), by, std::move(relay_state)});
    for (const auto& handler : handlers) {
        std::exception_ptr thrown;
        try {
            auto handling = handler.call(core);
            co_await handling;
        } catch (...) {
            thrown = std::current_exception();
        }
        if (thrown)
            parts_.to.failures.report(event, hipchat::tenant(parts_.to, core->tenant), by, thrown);
    }
}

}  // namespace hipchat::addons
