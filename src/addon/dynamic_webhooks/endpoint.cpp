#include "addon/dynamic_webhooks/endpoint.hpp"

#include <algorithm>
#include <utility>

#include "addon/webhooks/served_hooks.hpp"

namespace hipchat::addons {
namespace {

const std::string& part_of(const inbound& request, std::string_view name) {
    return std::ranges::find(request.parts, name, &path_pattern::values::value_type::first)->second;
}

}  // namespace

answer dynamic_webhook_endpoint::serve(const signed_request& who, const inbound& request) {
    if (part_of(request, "tenant") != who.claims().issuer) {
        reply refused = reply::refused(401, "This address is another installation's.\n");
        refused.why = "another installation's webhook";
        return refused;
    }
    return serve_own(who, request, part_of(request, "id"));
}

task<reply> dynamic_webhook_endpoint::serve_own(signed_request who, const inbound& request,
                                                std::string id) {
    task<std::optional<registration>> finding = all_.serving(who.tenant(), id);
    const std::optional<registration> found = co_await finding;
    if (!found) co_return gone(who, std::move(id));
    const detail::hook* const handler = all_.handler_of(found->name);
    if (handler == nullptr) {
        hipchat::log(log_, request.id())
            .warning("a dynamic webhook has no handler any more; remove it, or declare the handler",
                     {{"webhook", id}, {"name", found->name}});
        co_return reply::refused(404, "Nothing here takes this webhook any more.\n");
    }
    answer taken =
        takers_.accept(hook_of(*who.tenant(), *handler, *found), who, request.body, request.id());
    co_return co_await settle(std::move(taken));
}

task<dynamic_webhook_endpoint::hook_ptr> dynamic_webhook_endpoint::find(tenant_ptr of,
                                                                        std::string route) {
    std::string id = route.substr(route.rfind('/') + 1);
    if (dynamic_webhook_at(*of, id) != route) co_return nullptr;
    task<std::optional<registration>> finding = all_.serving(of, std::move(id));
    const std::optional<registration> found = co_await finding;
    const detail::hook* const handler = found ? all_.handler_of(found->name) : nullptr;
    co_return handler == nullptr ? nullptr : hook_of(*of, *handler, *found);
}

dynamic_webhook_endpoint::hook_ptr dynamic_webhook_endpoint::hook_of(const storage::tenant& of,
                                                                     const detail::hook& handler,
                                                                     const registration& found) {
    return std::make_shared<const served_hook>(
        served_hook{handler, dynamic_webhook_at(of, found.id), pattern_of(found.pattern), found.id,
                    room_of_id(found.id)});
}

// Once the host has its answer, it is asked to stop.
reply dynamic_webhook_endpoint::gone(const signed_request& who, std::string id) {
    reply refused = reply::refused(410, "This webhook was removed.\n");
    refused.why = "no such webhook";
    refused.afterwards = [this, tenant = who.tenant(), id = std::move(id)] {
        return all_.clear(tenant, id);
    };
    return refused;
}

dynamic_webhook_endpoint::pattern_ptr dynamic_webhook_endpoint::pattern_of(
    const std::string& text) {
    if (const pattern_ptr* known = patterns_.find(text)) return *known;
    pattern_ptr made = compiled_pattern(text);
    patterns_.put(text, made);
    return made;
}

}  // namespace hipchat::addons
