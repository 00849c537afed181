#include "addon/dispatch.hpp"

#include <algorithm>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"
#include "transport/text.hpp"

namespace hipchat::addons {
namespace {

// The caller learns no more than that it is not trusted; the log says why.
reply unauthorised(std::string_view why) {
    reply made = reply::refused(401,
                                "This address takes requests signed by a host that has "
                                "installed the add-on.\n");
    made.why = why;
    return made;
}

std::string_view issuer_of(
    const std::variant<protocol::unverified_token, protocol::unverified_page_token>& proof) {
    return std::visit([](const auto& token) { return token.issuer(); }, proof);
}

// Not signed, and only for looks: whatever else is written there is none.
std::string theme_of(const inbound& request) {
    const auto theme = protocol::form_value(request.query, "theme");
    return theme == "light" || theme == "dark" ? *theme : std::string();
}

}  // namespace

task<reply> settle(answer pending) {
    if (auto* ready = std::get_if<reply>(&pending)) co_return std::move(*ready);
    task<reply> later = std::move(std::get<task<reply>>(pending));
    co_return co_await later;
}

std::string_view inbound::header_value(std::string_view name) const noexcept {
    for (const transport::header& each : headers)
        if (transport::same_word(each.name, name)) return each.value;
    return {};
}

dispatcher::dispatcher(tenant_directory& tenants, const clock& time)
    : tenants_(tenants), clock_(time) {
}

void dispatcher::add(std::string_view method, std::string path, caller_policy policy) {
    routes_at_path& routes = routes_for(path);
    if (std::ranges::find(routes, method, &route::method) != routes.end())
        throw config_error("two routes for " + std::string(method) + " " + path
                           + ": give one of them another URL");
    traffic_.push_back({std::string(method), path});
    routes.push_back({std::string(method), std::move(policy), &traffic_.back()});
}

dispatcher::routes_at_path& dispatcher::routes_for(const std::string& path) {
    if (path_pattern::varies(path)) {
        path_pattern pattern(path);
        for (varying& known : varying_) {
            if (known.path.shape() != pattern.shape()) continue;
            if (known.path.text() != pattern.text())
                throw config_error("the routes " + known.path.text() + " and " + path
                                   + " take the same paths: call their parts alike");
            return known.routes;
        }
        return varying_.emplace_back(varying{std::move(pattern), {}}).routes;
    }
    if (path.size() == 1 || !path.ends_with('/')) return exact_[path];
    auto at = std::ranges::find(below_, path, &decltype(below_)::value_type::first);
    if (at == below_.end()) at = below_.insert(at, {path, {}});
    return at->second;
}

const dispatcher::routes_at_path* dispatcher::find(std::string_view path, inbound& found) const {
    if (const auto exact = exact_.find(path); exact != exact_.end()) return &exact->second;
    for (const varying& one : varying_) {
        auto parts = one.path.match(path);
        if (!parts) continue;
        found.parts = std::move(*parts);
        return &one.routes;
    }
    for (const auto& [prefix, routes] : below_) {
        if (!path.starts_with(prefix) || path.size() == prefix.size()) continue;
        found.tail = path.substr(prefix.size());
        return &routes;
    }
    return nullptr;
}

answer dispatcher::dispatch(const inbound& request) const {
    inbound found;  // holds what the path says, if it says anything
    const routes_at_path* routes = find(request.path, found);
    if (!routes) return reply::refused(404, "There is nothing at this address.\n");
    const auto wanted = request.method == "HEAD" ? std::string_view("GET") : request.method;
    const auto match = std::ranges::find(*routes, wanted, &route::method);
    if (match == routes->end()) {
        reply wrong = reply::refused(405, "This address does not take that method.\n");
        for (const route& other : *routes)
            wrong.allowed.push_back(other.method);
        return wrong;
    }
    if (request.trace) request.trace->route = match->traffic;
    if (found.tail.empty() && found.parts.empty()) return serve(match->policy, request);
    inbound copy = request;
    copy.tail = found.tail;
    copy.parts = std::move(found.parts);
    // The copy lives as long as the answer takes.
    return [](const dispatcher& self, const caller_policy& policy, inbound kept) -> task<reply> {
        co_return co_await settle(self.serve(policy, kept));
    }(*this, match->policy, std::move(copy));
}

answer dispatcher::serve(const caller_policy& policy, const inbound& request) const {
    if (const auto* install = std::get_if<lifecycle>(&policy)) return install->serve(request);
    if (const auto* open = std::get_if<anonymous>(&policy)) return open->serve(request);
    return serve_proved(policy, request);
}

answer dispatcher::serve_proved(const caller_policy& policy, const inbound& request) const {
    const std::string_view carried = request.credential.text();
    if (carried.empty()) return unauthorised("no token");
    // Only pages have page tokens; everywhere else one is not even a token.
    if (!std::holds_alternative<from_host>(policy)
        && protocol::unverified_page_token::claimed_by(carried)) {
        auto own = protocol::unverified_page_token::parse(carried);
        if (!own) return unauthorised("malformed page token");
        return serve_known(policy, request, std::move(*own));
    }
    auto hosts = protocol::unverified_token::parse(carried);
    if (!hosts) return unauthorised("malformed token");
    return serve_known(policy, request, std::move(*hosts));
}

answer dispatcher::serve_known(const caller_policy& policy, const inbound& request,
                               carried_proof proof) const {
    if (tenant_directory::entry tenant = tenants_.cached(issuer_of(proof)))
        return serve_verified(policy, request, std::move(proof), std::move(tenant));
    return serve_after_loading(policy, request, std::move(proof));
}

task<reply> dispatcher::serve_after_loading(const caller_policy& policy, const inbound& request,
                                            carried_proof proof) const {
    tenant_directory::entry tenant = co_await tenants_.find(std::string(issuer_of(proof)));
    if (!tenant) co_return unauthorised("unknown issuer");
    answer made = serve_verified(policy, request, std::move(proof), std::move(tenant));
    co_return co_await settle(std::move(made));
}

answer dispatcher::serve_verified(const caller_policy& policy, const inbound& request,
                                  carried_proof proof, tenant_directory::entry tenant) const {
    const std::chrono::seconds now = clock_.unix_time();
    if (auto* own = std::get_if<protocol::unverified_page_token>(&proof)) {
        auto checked = verify_page_caller(std::move(*own), std::move(tenant), now);
        if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked))
            return unauthorised(protocol::to_string(*flaw));
        return serve_page(policy, request, std::get<page_caller>(checked));
    }
    auto checked = verify_signed_request(std::get<protocol::unverified_token>(std::move(proof)),
                                         std::move(tenant), now);
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked))
        return unauthorised(protocol::to_string(*flaw));
    const auto& who = std::get<signed_request>(checked);
    if (const auto* host = std::get_if<from_host>(&policy)) return host->serve(who, request);
    return serve_page(policy, request, page_caller(who, theme_of(request), now));
}

answer dispatcher::serve_page(const caller_policy& policy, const inbound& request,
                              const page_caller& caller) const {
    if (const auto* page = std::get_if<from_page>(&policy)) return page->serve(caller, request);
    if (caller.user_id().empty()) {
        reply refusal = reply::refused(403,
                                       "This needs a person that the host names; guests "
                                       "cannot do it.\n");
        refusal.why = "no user";
        return refusal;
    }
    return std::get<from_user>(policy).serve(caller, request);
}

std::vector<dispatcher::address> dispatcher::guarded() const {
    std::vector<address> found;
    const auto add = [&](const std::string& path, const routes_at_path& routes) {
        for (const route& one : routes)
            if (!std::holds_alternative<lifecycle>(one.policy)
                && !std::holds_alternative<anonymous>(one.policy))
                found.push_back({one.method, path});
    };
    for (const auto& [path, routes] : exact_)
        add(path, routes);
    for (const varying& one : varying_)
        add(one.path.text(), one.routes);
    for (const auto& [prefix, routes] : below_)
        add(prefix + "self-test", routes);
    return found;
}

}  // namespace hipchat::addons
