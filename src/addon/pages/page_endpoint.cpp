#include "addon/pages/page_endpoint.hpp"

#include <algorithm>

#include "addon/failures/error_boundary.hpp"
#include "addon/tenant_origin.hpp"
#include "hipchat/data.hpp"
#include "hipchat/errors.hpp"
#include "protocol/url.hpp"
#include "transport/text.hpp"

namespace hipchat::addons {
namespace {

// Only the tenant's host may frame the page, and a form of it goes nowhere else: it carries a
// token.
std::string content_security_policy(const storage::tenant& tenant) {
    const std::string origin = tenant_origin(tenant);
    return "frame-ancestors " + (origin.empty() ? "'none'" : origin)
           + "; base-uri 'self'; form-action 'self'; object-src 'none'";
}

}  // namespace

std::string redirect_target(const std::string& where, const std::string& base_url) {
    const bool printable = std::ranges::all_of(where, [](char c) { return c > ' ' && c < 0x7f; });
    if (printable && where.starts_with('/') && !where.starts_with("//")) return base_url + where;
    const auto own = protocol::parse_web_url(base_url);
    const auto other = protocol::parse_web_url(where.substr(0, where.find('#')));
    if (!printable || !own || !other || other->origin() != own->origin())
        throw config_error("redirect: '" + std::string(without_query(where))
                           + "' leads to another origin, where the page would lose its host; "
                             "redirect to a path of this add-on");
    return where;
}

page_endpoint::page_endpoint(const detail::page_route& route, const page_site& site)
    : route_(route), site_(site) {
}

answer page_endpoint::serve(const page_caller& caller, const inbound& request) const {
    const page_token token(caller, site_.time.unix_time());
    return run(std::make_shared<const detail::page_core>(
        detail::page_core{site_, request, caller, token.text()}));
}

answer page_endpoint::serve_anybody(const inbound& request) const {
    return run(std::make_shared<const detail::page_core>(detail::page_core{site_, request}));
}

task<reply> page_endpoint::run(std::shared_ptr<const detail::page_core> core) const {
    std::exception_ptr failure;
    try {
        auto handling = route_.handler.call(core);
        const std::optional<response> said = co_await handling;
        co_return write(said ? *said : response(204), *core);
    } catch (const bad_request& wrong) {
        co_return write(response(400, std::string(wrong.what()) + "\n"), *core);
    } catch (const tenant_gone&) {
        co_return reply::refused(401, "This installation is not known any more.\n");
    } catch (...) {
        failure = std::current_exception();
    }
    std::optional<tenant> whose;
    if (core->caller) whose.emplace(site_.to, core->caller->tenant());
    site_.to.failures.report(route_.path, std::move(whose), core->request.id(), failure);
    co_return write(response(500, "The add-on failed to answer.\n"), *core);
}

reply page_endpoint::write(const response& said, const detail::page_core& core) const {
    reply made;
    made.status = said.status();
    made.content_type = said.content_type();
    made.body = said.body();
    made.headers = {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}};
    if (said.location())
        made.headers.emplace_back("Location", redirect_target(*said.location(), site_.base_url));
    if (core.caller) {
        made.headers.emplace_back("Cache-Control", "no-store");
        made.headers.emplace_back("x-acpt", core.token);
        if (said.is_html())
            made.headers.emplace_back("Content-Security-Policy",
                                      content_security_policy(*core.caller->tenant()));
    }
    for (const auto& header : said.headers())
        // It knows no origins, and so would keep the host out.
        if (!transport::same_word(header.first, "X-Frame-Options")) made.headers.push_back(header);
    return made;
}

}  // namespace hipchat::addons
