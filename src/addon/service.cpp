#include "addon/service.hpp"

#include <algorithm>

#include "addon/webhooks/served_hooks.hpp"
#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "storage/open.hpp"

namespace hipchat::addons {

namespace {

// The setting replaces what the program says.
std::vector<std::int64_t> allowed_groups(const detail::declaration& declared,
                                         const settings& given) {
    return given.allowed_groups.empty() ? declared.allowed_groups : given.allowed_groups;
}

// Often enough that data do not stay much longer than they should.
std::chrono::milliseconds purge_interval(std::chrono::seconds grace) {
    using namespace std::chrono_literals;
    return std::clamp<std::chrono::milliseconds>(grace / 4, 1min, 1h);
}

}  // namespace

service::service(const service_surroundings& around, const detail::declaration& declared,
                 settings given)
    : declared_(declared),
      settings_(std::move(given)),
      log_(around.log),
      clock_(around.time),
      hosts_(around.hosts),
      http_(around.http) {
    store_ = storage::open_store(around.loop, settings_.store);
    tenants_.emplace(*store_.tenants, settings_.tenant_cache);
    routes_.emplace(*tenants_, clock_);
    failures_.emplace(declared, around.beside, log_);
    way_.emplace(*routes_, declared.middlewares, log_);
    front_.emplace(*way_, *failures_, log_, clock_);
    described_ = complete(declared, settings_, settings_.port);
    document_ = json::serialize(protocol::write_descriptor(described_->value));
    tokens_.emplace(http_, clock_, around.beside, log_);
    data_.emplace(*store_.data);
    grants_.emplace(http_, data_->repository(), clock_, log_);
    authorization_.emplace(declared.user_scopes, described_->base_url, clock_);
    rest_.emplace(around.loop, http_, *tokens_, *grants_, clock_,
                  call_rules{described_->value.scopes, declared.calls, described_->base_url});
    webhooks_.emplace(dynamic_webhooks::parts{declared, *rest_, data_->repository(), clock_, log_},
                      described_->value.scopes);
    access_.emplace(
        access{*rest_, *tenants_, *data_, *webhooks_, *grants_, *authorization_, *failures_, log_});
    replays_.emplace(settings_.replay_window);
    durable_.emplace(durable_deliveries::parts{around.loop, clock_, log_, *store_.deliveries,
                                               around.beside, settings_.durable_deliveries});
    deliveries_.emplace(deliveries::parts{
        around.loop, *access_, *replays_, *durable_, clock_, log_, settings_.reply_deadline,
        std::ranges::find(described_->value.scopes, scope::send_notification)
            != described_->value.scopes.end()});
    dynamic_.emplace(*webhooks_, *deliveries_, log_);
    lifecycle_.emplace(lifecycle_endpoint::parts{
        around.loop, http_, *tenants_, *tokens_, *access_, clock_, log_, declared,
        install_rules{described_->value.allow_room, described_->value.allow_global,
                      described_->value.scopes, allowed_groups(declared, settings_), hosts_},
        around.observer, around.beside});
    cors_.emplace(settings_.cors_whitelist);
    // Routes, feature by feature.
    add_routes_of_descriptor();
    add_routes_of_lifecycle();
    add_routes_of_webhooks(declared);
    add_route_of_dynamic_webhooks(declared);
    add_routes_of_glances(declared);
    add_route_of_users(declared);
    pages_.emplace(declared, page_site{*access_, described_->base_url, clock_, log_});
    pages_->add_to(*routes_);
    add_background(around.loop, declared);
    declared.running->to = &*access_;
}

service::~service() {
    if (declared_.running->to == &*access_) declared_.running->to = nullptr;
}

void service::add_routes_of_descriptor() {
    const anonymous descriptor{[this](const inbound&) -> answer {
        return reply{.status = 200, .content_type = "application/json", .static_body = document_};
    }};
    routes_->add("GET", "/", descriptor);
    routes_->add("GET", descriptor_path, descriptor);
}

void service::add_routes_of_lifecycle() {
    const lifecycle install{
        [this](const inbound& request) { return lifecycle_->install(request); }};
    const lifecycle_paths& at = described_->lifecycle;
    routes_->add("POST", at.install, install);
    if (!at.update.empty() && at.update != at.install) routes_->add("POST", at.update, install);
    routes_->add("DELETE", at.install + "/", lifecycle{[this](const inbound& request) {
                     return lifecycle_->uninstall(request);
                 }});
    const auto redirect = [this](const std::string& path, redirect_kind kind) {
        if (path.empty()) return;
        routes_->add("GET", path, lifecycle{[this, kind](const inbound& request) {
                         return lifecycle_->redirected(kind, request);
                     }});
    };
    redirect(at.installed, redirect_kind::installed);
    redirect(at.updated, redirect_kind::updated);
    redirect(at.uninstalled, redirect_kind::uninstalled);
}

void service::add_background(event_loop& loop, const detail::declaration& declared) {
    background_.emplace(loop, clock_, log_);
    const auto purge = [this] { return purge_data(); };
    background_->once("purge of data", purge);
    background_->every("purge of data", purge_interval(settings_.data_grace), purge);
    const auto core =
        std::make_shared<const detail::background_core>(detail::background_core{*access_});
    for (const detail::background_work& work : declared.background) {
        const bool repeated = work.interval > std::chrono::milliseconds(0);
        const auto run = [this, &work, core, repeated]() -> task<> {
            std::exception_ptr thrown;
            try {
                auto handling = work.handler.call(core);
                co_await handling;
            } catch (...) {
                thrown = std::current_exception();
            }
            if (thrown)
                failures_->report(repeated ? "every" : "on_start", std::nullopt, request_id::none,
                                  thrown);
        };
        if (repeated)
            background_->every("every", work.interval, run);
        else
            background_->once("on_start", run);
    }
}

task<> service::purge_data() {
    task<std::size_t> purging = data_->repository().purge(clock_.unix_time(), settings_.data_grace);
    const std::size_t removed = co_await purging;
    if (removed > 0) log_.info("purged the data of removed tenants", {{"entries", removed}});
}

void service::add_routes_of_webhooks(const detail::declaration& declared) {
    for (const auto& hook : served_hooks(declared, described_->hook_paths)) {
        hooks_.emplace(hook->route, hook);
        routes_->add("POST", hook->route,
                     from_host{[this, hook](const signed_request& who, const inbound& request) {
                         return deliveries_->accept(hook, who, request.body, request.id());
                     }});
    }
}

void service::add_route_of_dynamic_webhooks(const detail::declaration& declared) {
    if (declared.dynamic_hooks.empty()) return;
    routes_->add("POST", dynamic_webhook_path,
                 from_host{[this](const signed_request& who, const inbound& request) {
                     return dynamic_->serve(who, request);
                 }});
}

void service::add_routes_of_glances(const detail::declaration& declared) {
    for (const detail::glance_source& source : declared.glances) {
        glance_endpoint& endpoint = glances_.emplace_back(source, *access_, *cors_);
        routes_->add("GET", glance_path(source.key),
                     from_host{[&endpoint](const signed_request& who, const inbound& request) {
                         return endpoint.serve(who, request);
                     }});
    }
}

void service::add_route_of_users(const detail::declaration& declared) {
    if (declared.user_scopes.empty()) return;
    authorized_.emplace(authorized_endpoint::parts{http_, *tenants_, *access_, clock_, log_,
                                                   declared.on_user_authorized});
    routes_->add("GET", authorized_path,
                 lifecycle{[this](const inbound& request) { return authorized_->serve(request); }});
}

task<> service::begin() {
    for (const dispatcher::address& guarded : routes_->guarded()) {
        inbound unsigned_request;
        unsigned_request.method = guarded.method;
        unsigned_request.path = guarded.path;
        unsigned_request.body = "{}";
        answer pending = routes_->dispatch(unsigned_request);
        const reply said = co_await settle(std::move(pending));
        if (said.status != 401)
            throw config_error("self-test: " + guarded.method + " " + guarded.path
                               + " answered an unsigned request with " + std::to_string(said.status)
                               + " instead of 401; this is a defect of the library, report it");
    }
    co_await lifecycle_->resume_suspended();
    find_hook_ = [this](tenant_directory::entry of, std::string route) {
        return find_hook(std::move(of), std::move(route));
    };
    durable_deliveries::attempt again = [this](storage::kept_delivery kept) {
        return deliveries_->run_kept(std::move(kept), find_hook_);
    };
    task<> taking_up = durable_->begin(std::move(again));
    co_await taking_up;
    background_->begin();
}

task<std::shared_ptr<const served_hook>> service::find_hook(tenant_directory::entry of,
                                                            std::string route) {
    const auto declared = hooks_.find(route);
    if (declared != hooks_.end()) co_return declared->second;
    task<std::shared_ptr<const served_hook>> finding =
        dynamic_->find(std::move(of), std::move(route));
    co_return co_await finding;
}

task<> service::ask_store() const {
    co_await store_.tenants->find(std::string());
}

}  // namespace hipchat::addons
