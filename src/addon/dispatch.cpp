#include "addon/dispatch.hpp"

#include <algorithm>

#include "hipchat/errors.hpp"
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
    const bool below = path.size() > 1 && path.ends_with('/');
    routes_at_path* routes = nullptr;
    if (below) {
        auto at = std::ranges::find(below_, path, &decltype(below_)::value_type::first);
        if (at == below_.end()) at = below_.insert(at, {path, {}});
        routes = &at->second;
    } else {
        routes = &exact_[path];
    }
    if (std::ranges::find(*routes, method, &route::method) != routes->end())
        throw config_error("two routes for " + std::string(method) + " " + path
                           + ": give one of them another URL");
    routes->push_back({std::string(method), std::move(policy)});
}

const dispatcher::routes_at_path* dispatcher::find(std::string_view path,
                                                   std::string_view& tail) const {
    if (const auto exact = exact_.find(path); exact != exact_.end()) return &exact->second;
    for (const auto& [prefix, routes] : below_) {
        if (!path.starts_with(prefix) || path.size() == prefix.size()) continue;
        tail = path.substr(prefix.size());
        return &routes;
    }
    return nullptr;
}

answer dispatcher::dispatch(const inbound& request) const {
    std::string_view tail;
    const routes_at_path* routes = find(request.path, tail);
    if (!routes) return reply::refused(404, "There is nothing at this address.\n");
    const auto wanted = request.method == "HEAD" ? std::string_view("GET") : request.method;
    const auto match = std::ranges::find(*routes, wanted, &route::method);
    if (match == routes->end()) {
        reply wrong = reply::refused(405, "This address does not take that method.\n");
        for (const route& other : *routes)
            wrong.allowed.push_back(other.method);
        return wrong;
    }
    if (tail.empty()) return serve(match->policy, request);
    inbound with_tail = request;
    with_tail.tail = tail;
    // The copy lives as long as the answer takes.
    return [](const dispatcher& self, const caller_policy& policy, inbound copy) -> task<reply> {
        co_return co_await settle(self.serve(policy, copy));
    }(*this, match->policy, std::move(with_tail));
}

answer dispatcher::serve(const caller_policy& policy, const inbound& request) const {
    if (const auto* host = std::get_if<from_host>(&policy)) return serve_signed(*host, request);
    if (const auto* install = std::get_if<lifecycle>(&policy)) return install->serve(request);
    return std::get<anonymous>(policy).serve(request);
}

answer dispatcher::serve_signed(const from_host& policy, const inbound& request) const {
    if (request.credential.text().empty()) return unauthorised("no token");
    auto token = protocol::unverified_token::parse(request.credential.text());
    if (!token) return unauthorised("malformed token");
    if (tenant_directory::entry tenant = tenants_.cached(token->issuer()))
        return serve_verified(policy, request, std::move(*token), std::move(tenant));
    return serve_after_loading(policy, request, std::move(*token));
}

task<reply> dispatcher::serve_after_loading(const from_host& policy, const inbound& request,
                                            protocol::unverified_token token) const {
    tenant_directory::entry tenant = co_await tenants_.find(std::string(token.issuer()));
    if (!tenant) co_return unauthorised("unknown issuer");
    answer made = serve_verified(policy, request, std::move(token), std::move(tenant));
    co_return co_await settle(std::move(made));
}

answer dispatcher::serve_verified(const from_host& policy, const inbound& request,
                                  protocol::unverified_token token,
                                  tenant_directory::entry tenant) const {
    auto checked = verify_signed_request(std::move(token), std::move(tenant), clock_.unix_time());
    if (const auto* flaw = std::get_if<protocol::jwt_flaw>(&checked))
        return unauthorised(protocol::to_string(*flaw));
    return policy.serve(std::get<signed_request>(checked), request);
}

std::vector<std::pair<std::string, std::string>> dispatcher::host_routes() const {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& [path, routes] : exact_)
        for (const route& one : routes)
            if (std::holds_alternative<from_host>(one.policy)) found.emplace_back(one.method, path);
    return found;
}

}  // namespace hipchat::addons
