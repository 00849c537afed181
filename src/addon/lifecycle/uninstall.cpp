#include "addon/lifecycle/lifecycle_endpoint.hpp"
#include "addon/lifecycle/uninstall_verdict.hpp"
#include "storage/errors.hpp"

namespace hipchat::addons {

answer lifecycle_endpoint::uninstall(const inbound& request) {
    return verify_uninstall(std::string(request.tail), request.id());
}

task<reply> lifecycle_endpoint::verify_uninstall(std::string oauth_id, request_id by) {
    observe("uninstall 1: wait for the turn");
    const keyed_lock::guard turn = co_await turns_.acquire(oauth_id);
    observe("uninstall 2: look the tenant up");
    const entry known = co_await parts_.tenants.find(oauth_id);
    // Whoever asks about an unknown id learns nothing, and an uninstall may be repeated.
    if (!known) co_return reply();

    observe("uninstall 3: ask the token endpoint");
    const token_answer::verdict said = co_await ask(known);
    switch (judge_uninstall(said)) {
        case uninstall_action::keep:
            hipchat::log(parts_.log, by)
                .warning("uninstall refused: the host still grants tokens",
                         {{"oauth_id", oauth_id}});
            co_return reply::refused(403,
                                     "The host still grants this client tokens: it is not "
                                     "uninstalled. Revoke the client first.\n");
        case uninstall_action::suspend:
            observe("uninstall 4: suspend the tenant");
            co_await parts_.tenants.set_state(oauth_id, known->generation,
                                              storage::tenant::status::suspended);
            // Whoever was suspended before is being asked about already.
            if (known->state == storage::tenant::status::active)
                ask_later(known, next_pause(std::chrono::seconds(0)));
            co_return reply::refused(202,
                                     "The token endpoint could not be asked whether this is "
                                     "true; it will be asked again.\n");
        case uninstall_action::remove:
            break;
    }
    observe("uninstall 4: remove the tenant");
    co_await parts_.tenants.remove(oauth_id, known->generation);
    forget(known, by);
    observe("uninstall 5: answer");
    reply gone;
    gone.afterwards = [this, known, by] {
        return announce("uninstalled", parts_.declared.on_uninstalled, known, by);
    };
    co_return gone;
}

void lifecycle_endpoint::forget(const entry& gone, request_id by) {
    hipchat::log(parts_.log, by).info("uninstalled", {{"oauth_id", gone->oauth_id}});
    departed_.put(gone->oauth_id, gone);
}

task<token_answer::verdict> lifecycle_endpoint::ask(const entry& tenant) {
    const token_answer said = co_await request_token(
        parts_.http, tenant->token_url, tenant->oauth_id, tenant->secret, parts_.rules.scopes);
    co_return said.meaning;
}

void lifecycle_endpoint::ask_later(entry tenant, std::chrono::seconds delay) {
    parts_.loop.call_after(delay, [this, tenant = std::move(tenant), delay] {
        parts_.beside([this, tenant, delay] { return ask_until_settled(tenant, delay); });
    });
}

task<> lifecycle_endpoint::ask_until_settled(entry tenant, std::chrono::seconds waited) {
    bool settled = false;
    try {
        task<bool> asking = ask_again(tenant);
        settled = co_await asking;
    } catch (const std::exception& failed) {
        parts_.log.error("a suspended tenant could not be settled",
                         {{"oauth_id", tenant->oauth_id}, {"error", failed.what()}});
    }
    if (!settled) ask_later(std::move(tenant), next_pause(waited));
}

// True when nothing is left to ask about this installation.
task<bool> lifecycle_endpoint::ask_again(entry tenant) {
    const keyed_lock::guard turn = co_await turns_.acquire(tenant->oauth_id);
    const entry current = co_await parts_.tenants.find(tenant->oauth_id);
    if (!current || current->generation != tenant->generation
        || current->state != storage::tenant::status::suspended)
        co_return true;
    const token_answer::verdict said = co_await ask(current);
    switch (judge_uninstall(said)) {
        case uninstall_action::suspend:
            co_return false;
        case uninstall_action::keep:
            co_await parts_.tenants.set_state(current->oauth_id, current->generation,
                                              storage::tenant::status::active);
            parts_.log.info("still installed after all", {{"oauth_id", current->oauth_id}});
            co_return true;
        case uninstall_action::remove:
            break;
    }
    co_await parts_.tenants.remove(current->oauth_id, current->generation);
    forget(current, request_id::none);
    co_await announce("uninstalled", parts_.declared.on_uninstalled, current, request_id::none);
    co_return true;
}

task<> lifecycle_endpoint::resume_suspended() {
    std::string after;
    while (true) {
        const std::vector<storage::tenant> page = co_await parts_.tenants.repository().list(
            storage::tenant::status::suspended, after, 100);
        if (page.empty()) co_return;
        after = page.back().oauth_id;
        for (const storage::tenant& one : page)
            ask_later(std::make_shared<const storage::tenant>(one), std::chrono::seconds(1));
    }
}

}  // namespace hipchat::addons
