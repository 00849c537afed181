#include "addon/tenant_directory.hpp"
#include "addon/webhooks/deliveries.hpp"
#include "base/worker_pool.hpp"

// The deliveries of durable handlers: stored, then acknowledged, then run.

namespace hipchat::addons {
namespace {

reply not_stored() {
    reply refused = reply::refused(503, "The delivery could not be stored; send it again.\n");
    refused.retry_after = 1;
    return refused;
}

// Null if it is not the event that `hook` takes: a new version of the program takes another.
std::shared_ptr<detail::event_core> event_of(const served_hook& hook, const access& to,
                                             const tenant_directory::entry& tenant,
                                             const storage::kept_delivery& kept) {
    try {
        auto event = std::make_shared<detail::event_core>(to, tenant, kept.body);
        event->attempt = kept.attempt;
        event->added_as = hook.added_as;
        if (event->payload.kind() == hook.declared.event) return event;
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the same as another event
    }
    return nullptr;
}

}  // namespace

task<reply> deliveries::keep(delivery made, const detail::event_handler& handler) {
    storage::kept_delivery value;
    value.oauth_id = made.event->tenant->oauth_id;
    value.since = made.event->tenant->since;
    value.route = made.hook->route;
    storage::kept_delivery stored = value;
    stored.body = std::move(made.keep->body);
    const std::optional<protocol::sha256_digest> key =
        parts_.replays.enabled() ? std::optional(made.repeated_as) : std::nullopt;
    task<std::optional<storage::keep_result>> storing = parts_.durable.keep(std::move(stored), key);
    const std::optional<storage::keep_result> said = co_await storing;
    made.keep.reset();
    if (!said || said->what == storage::keeping::full) {
        parts_.replays.forget(made.repeated_as);
        co_return not_stored();
    }
    if (said->what == storage::keeping::gone)
        co_return reply::refused(401, "This installation is not known any more.\n");
    if (said->what == storage::keeping::known) {
        ++counts_.repeated;
        co_return reply{.status = 204};
    }
    value.id = said->id;
    parts_.durable.start(std::move(value), [this, made = std::move(made), &handler] {
        return attempt(made, handler);
    });
    co_return reply{.status = 204};
}

task<delivery_event> deliveries::attempt(delivery made, const detail::event_handler& handler) {
    bool threw = false;
    task<> running = run(std::move(made), handler, &threw);
    co_await running;
    co_return threw ? delivery_event::threw : delivery_event::handled;
}

task<delivery_event> deliveries::run_kept(storage::kept_delivery kept, const hook_finder& find) {
    try {
        task<tenant_directory::entry> finding = parts_.to.tenants.find(kept.oauth_id);
        const tenant_directory::entry tenant = co_await finding;
        if (!tenant || tenant->since != kept.since) co_return delivery_event::void_tenant;
        task<hook_ptr> looking = find(tenant, kept.route);
        hook_ptr hook = co_await looking;
        if (!hook) co_return delivery_event::void_hook;
        delivery made{std::move(hook), nullptr, {}};
        made.event = event_of(*made.hook, parts_.to, tenant, kept);
        if (!made.event) co_return delivery_event::void_hook;
        std::optional<match> found = match();
        if (made.hook->pattern) {
            task<std::optional<match>> searching = find_beside(made);
            found = co_await searching;
        }
        if (!found) co_return delivery_event::void_hook;
        made.event->matched = std::move(*found);
        const detail::event_handler& handler = handler_of(made);
        if (handler.answers) co_return delivery_event::void_hook;
        task<delivery_event> running = attempt(std::move(made), handler);
        co_return co_await running;
    } catch (const std::exception& failed) {
        parts_.log.error("a stored delivery could not be attempted",
                         {{"route", kept.route}, {"error", failed.what()}});
    }
    co_return delivery_event::threw;
}

}  // namespace hipchat::addons
