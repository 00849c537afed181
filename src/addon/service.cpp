#include "addon/service.hpp"

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "storage/open.hpp"

namespace hipchat::addons {

service::service(const service_surroundings& around, const detail::declaration& declared,
                 settings given)
    : settings_(std::move(given)),
      log_(around.log),
      clock_(around.time),
      hosts_(around.hosts),
      http_(around.http) {
    store_ = storage::open_store(around.loop, settings_.store);
    tenants_.emplace(*store_.tenants, settings_.tenant_cache);
    routes_.emplace(*tenants_, clock_);
    front_.emplace(*routes_, log_);
    described_ = complete(declared, settings_, settings_.port);
    document_ = json::serialize(protocol::write_descriptor(described_->value));
    tokens_.emplace(http_, clock_, log_);
    rest_.emplace(around.loop, http_, *tokens_, clock_, described_->value.scopes);
    data_.emplace(*store_.data);
    access_.emplace(access{*rest_, *tenants_, *data_});
    replays_.emplace(settings_.replay_window);
    lifecycle_.emplace(lifecycle_endpoint::parts{
        around.loop, http_, *tenants_, *access_, clock_, log_, declared,
        install_rules{described_->value.allow_room, described_->value.allow_global,
                      described_->value.scopes, hosts_},
        around.observer});
    cors_.emplace(settings_.cors_whitelist);
    // Routes, feature by feature.
    add_routes_of_descriptor();
    add_routes_of_lifecycle();
    add_routes_of_webhooks(declared);
    add_routes_of_glances(declared);
    pages_.emplace(declared, page_site{*access_, described_->base_url, clock_, log_});
    pages_->add_to(*routes_);
}

void service::add_routes_of_descriptor() {
    const anonymous descriptor{[this](const inbound&) -> answer {
        return reply{.status = 200, .content_type = "application/json", .static_body = document_};
    }};
    routes_->add("GET", "/", descriptor);
    routes_->add("GET", descriptor_path, descriptor);
}

void service::add_routes_of_lifecycle() {
    routes_->add("POST", installable_path, lifecycle{[this](const inbound& request) {
                     return lifecycle_->install(request);
                 }});
    routes_->add(
        "DELETE", std::string(installable_path) + "/",
        lifecycle{[this](const inbound& request) { return lifecycle_->uninstall(request); }});
}

void service::add_routes_of_webhooks(const detail::declaration& declared) {
    for (std::size_t i = 0; i < declared.hooks.size(); ++i) {
        const std::string& path = described_->hook_paths[i];
        webhook_endpoint& endpoint =
            webhooks_.emplace_back(declared.hooks[i], path, *access_, *replays_, clock_, log_);
        routes_->add("POST", path,
                     from_host{[&endpoint](const signed_request& who, const inbound& request) {
                         return endpoint.serve(who, request);
                     }});
    }
}

void service::add_routes_of_glances(const detail::declaration& declared) {
    for (const detail::glance_source& source : declared.glances) {
        glance_endpoint& endpoint = glances_.emplace_back(source, *access_, *cors_, log_);
        routes_->add("GET", glance_path(source.key),
                     from_host{[&endpoint](const signed_request& who, const inbound& request) {
                         return endpoint.serve(who, request);
                     }});
    }
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
}

}  // namespace hipchat::addons
