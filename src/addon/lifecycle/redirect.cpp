// Installs, updates and uninstalls that the host sends by way of the browser (addon-side.md 2.4):
//
//   GET {installedUrl}?installable_url={one-time URL of the install's JSON}&redirect_url={where the
//   browser goes on}[&relayState={text}]
//
// What the JSON says is trusted no more than an install request that anybody posts: it goes through
// the same verification.

#include <array>

#include "addon/lifecycle/lifecycle_endpoint.hpp"
#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

std::string origin_of(std::string_view url) {
    const auto parsed = protocol::parse_web_url(url);
    return parsed ? parsed->origin() : std::string();
}

std::vector<std::string> origins_of(const storage::tenant& known) {
    return {origin_of(known.capabilities_url), origin_of(known.homepage)};
}

reply page_of_text(int status, std::string text) {
    reply made = reply::refused(status, std::move(text));
    made.headers.emplace_back("Cache-Control", "no-store");
    return made;
}

// The browser goes on only to the host that was verified: this is no open redirect.
reply go_on(std::string_view to, const std::vector<std::string>& host_origins) {
    const std::string target = origin_of(to);
    for (const std::string& known : host_origins) {
        if (target.empty() || target != known) continue;
        reply made = page_of_text(302, "Done.\n");
        made.headers.emplace_back("Location", to);
        return made;
    }
    return page_of_text(200, "Done. You may close this page.\n");
}

}  // namespace

answer lifecycle_endpoint::redirected(redirect_kind kind, const inbound& request) {
    if (request.method != "GET")
        return page_of_text(405, "This address takes GET only: its links work once.\n");
    if (under_way_ >= most_installs_under_way) {
        reply busy = page_of_text(503, "Too many installs at a time; try again.\n");
        busy.retry_after = 1;
        return busy;
    }
    redirection from;
    from.installable_url = protocol::form_value(request.query, "installable_url").value_or("");
    from.redirect_url = protocol::form_value(request.query, "redirect_url").value_or("");
    from.relay_state = protocol::form_value(request.query, "relayState").value_or("");
    from.by = request.id();
    if (from.installable_url.empty())
        return page_of_text(400,
                            "installable_url: required. Begin at the host's page of this "
                            "add-on.\n");
    if (const auto why = parts_.rules.hosts.policy().refusal(from.installable_url))
        return page_of_text(400, "installable_url: " + *why
                                     + ". To allow this host, add it to AC_ALLOWED_HOSTS.\n");
    return follow(kind, std::move(from));
}

task<reply> lifecycle_endpoint::follow(redirect_kind kind, redirection from) {
    const count_one counted(under_way_);
    observe("install 0: fetch the install's document");
    protocol::installation body;
    try {
        transport::http_call call = document_call(from.installable_url);
        const transport::http_answer document = co_await parts_.http.send(std::move(call));
        if (document.status != 200)
            co_return page_of_text(400, "installable_url: answered "
                                            + std::to_string(document.status)
                                            + ". Such a URL works once: begin again at the "
                                              "host's page of this add-on.\n");
        body = protocol::parse_installation(document.body);
    } catch (const transport_error& failed) {
        co_return page_of_text(400, std::string("installable_url: ") + failed.what() + "\n");
    } catch (const protocol_error& wrong) {
        co_return page_of_text(400, std::string("installable_url: ") + wrong.what() + "\n");
    }
    const std::string home = origin_of(body.capabilities_url);
    if (!parts_.rules.hosts.together(home, origin_of(from.installable_url)))
        co_return page_of_text(400, "installable_url: is not on the origin of capabilitiesUrl, "
                                        + home + ". If both belong to one host, list them together "
                                          "in AC_ALLOWED_HOSTS.\n");
    task<reply> doing =
        kind == redirect_kind::uninstalled
            ? uninstall_by_redirect(std::move(body.oauth_id), from.redirect_url, from.by)
            : install_by_redirect(std::move(body), std::move(from));
    co_return co_await doing;
}

task<reply> lifecycle_endpoint::install_by_redirect(protocol::installation body, redirection from) {
    const std::string id = body.oauth_id;
    task<reply> accepting = accept("", std::move(body), from.relay_state, from.by);
    reply accepted = co_await accepting;
    if (accepted.status >= 300) co_return accepted;
    const entry known = co_await parts_.tenants.find(id);
    reply made = go_on(from.redirect_url, known ? origins_of(*known) : std::vector<std::string>());
    made.afterwards = std::move(accepted.afterwards);
    co_return made;
}

// The host may have sent the DELETE already: then the tenant is gone, and this does nothing.
task<reply> lifecycle_endpoint::uninstall_by_redirect(std::string oauth_id,
                                                      std::string redirect_url, request_id by) {
    const entry known = co_await parts_.tenants.find(oauth_id);
    std::vector<std::string> host_origins;
    if (known)
        host_origins = origins_of(*known);
    else if (const entry* const departed = departed_.find(oauth_id))
        host_origins = origins_of(**departed);
    task<reply> removing = verify_uninstall(oauth_id, by);
    reply removed = co_await removing;
    if (removed.status != 204) co_return removed;
    reply made = go_on(redirect_url, host_origins);
    made.afterwards = std::move(removed.afterwards);
    co_return made;
}

}  // namespace hipchat::addons
