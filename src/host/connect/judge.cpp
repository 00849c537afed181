#include "host/connect/judge.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "host/core/client_rows.hpp"
#include "protocol/base64url.hpp"
#include "protocol/percent.hpp"
#include "protocol/scopes.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

using severity = protocol::lint_finding::severity;
using reason = install_refused::reason;

constexpr std::string_view data_scheme = "data:";
constexpr std::size_t longest_data = 64UL * 1024;

struct place {
    std::string member;
    std::string url;
};

// Every URL that the host, or a page of it, would ever ask for.
std::vector<place> urls_of(const descriptor& value) {
    std::vector<place> urls{
        {"capabilities.installable.callbackUrl", value.installable.callback_url},
        {"capabilities.installable.updateCallbackUrl", value.installable.update_callback_url},
        {"capabilities.installable.installedUrl", value.installable.installed_url},
        {"capabilities.installable.updatedUrl", value.installable.updated_url},
        {"capabilities.installable.uninstalledUrl", value.installable.uninstalled_url},
        {"capabilities.adminPage.url", value.admin_page},
    };
    const auto add = [&](const std::string& list, const auto& modules, auto url) {
        for (std::size_t each = 0; each < modules.size(); ++each)
            urls.push_back(
                {"capabilities." + list + "[" + std::to_string(each) + "]", modules[each].*url});
    };
    add("webhook", value.webhooks, &webhook::url);
    add("glance", value.glances, &glance_module::query_url);
    add("webPanel", value.web_panels, &web_panel_module::url);
    add("dialog", value.dialogs, &dialog_module::url);
    add("externalPage", value.external_pages, &external_page_module::url);
    if (value.configurable)
        urls.push_back({"capabilities.configurable.url", value.configurable->url});
    return urls;
}

void judge_urls(const descriptor& value, const self_address& self,
                std::vector<protocol::lint_finding>& findings) {
    for (const place& each : urls_of(value)) {
        if (each.url.empty()) continue;
        if (!protocol::parse_web_url(each.url)) {
            findings.push_back({severity::error, each.member,
                                each.url
                                    + " is not an absolute http or https URL; give the whole "
                                      "address"});
        } else if (self.owns(each.url)) {
            findings.push_back({severity::error, each.member,
                                each.url
                                    + " is on the host's own origin; serve the add-on from "
                                      "another host or port"});
        }
    }
}

void judge_self(const descriptor& value, std::string_view url,
                std::vector<protocol::lint_finding>& findings) {
    if (value.self == url || url.starts_with(data_scheme)) return;
    findings.push_back({severity::error, "links.self",
                        "is \"" + value.self + "\", but the descriptor was read from \""
                            + std::string(url)
                            + "\"; install it by its own URL, or correct the add-on's base URL"});
}

void judge_hooks(const descriptor& value, std::vector<protocol::lint_finding>& findings) {
    try {
        hooks_of(value);
    } catch (const error& flaw) {
        findings.push_back({severity::error, "capabilities.webhook", flaw.what()});
    }
}

std::string names(const std::vector<scope>& scopes) {
    return scopes.empty() ? "none" : protocol::join_scopes(scopes);
}

}  // namespace

void check_descriptor_url(std::string_view url, const self_address& self) {
    if (descriptor_in(url)) return;
    if (!protocol::parse_web_url(url))
        throw install_refused(reason::bad_request,
                              "\"" + std::string(url)
                                  + "\" is not an absolute http or https URL; give the address of "
                                    "the add-on's descriptor");
    if (self.owns(url))
        throw install_refused(
            reason::bad_request,
            std::string(url) + " is on the host's own origin; give the address of an add-on");
}

judged_descriptor judge_descriptor(std::string_view text, std::string_view url,
                                   const self_address& self) {
    judged_descriptor judged;
    judged.url = url;
    try {
        judged.value = protocol::read_descriptor(text);
    } catch (const error& flaw) {
        throw install_refused(
            reason::bad_request,
            "what " + std::string(url) + " serves is not a descriptor: " + flaw.what());
    }
    std::vector<protocol::lint_finding> found;
    judge_self(judged.value, url, found);
    judge_urls(judged.value, self, found);
    judge_hooks(judged.value, found);
    for (protocol::lint_finding& each : protocol::lint(judged.value))
        found.push_back(std::move(each));
    for (const severity level : {severity::error, severity::warning})
        for (const protocol::lint_finding& each : found)
            if (each.level == level) judged.findings.push_back(each);
    return judged;
}

std::optional<std::string> descriptor_in(std::string_view url) {
    if (!url.starts_with(data_scheme)) return std::nullopt;
    const std::size_t comma = url.find(',');
    if (comma == std::string_view::npos || url.size() > longest_data)
        throw install_refused(reason::bad_request,
                              "the data: URI has no content, or more than 64 KiB; give the address "
                              "of the descriptor");
    const std::string_view type = url.substr(data_scheme.size(), comma - data_scheme.size());
    const std::string_view content = url.substr(comma + 1);
    auto text = protocol::undo_percent(content, protocol::plus_sign::itself);
    if (text && type.ends_with(";base64")) {
        while (text->ends_with('='))
            text->pop_back();
        std::ranges::replace(*text, '+', '-');
        std::ranges::replace(*text, '/', '_');
        text = protocol::base64url_decode(*text);
    }
    if (!text) throw install_refused(reason::bad_request, "the data: URI is damaged");
    return text;
}

void check_installable(const judged_descriptor& judged, std::optional<std::int64_t> room_id,
                       const std::vector<scope>& agreed) {
    if (!judged.findings.empty() && judged.findings.front().level == severity::error) {
        const protocol::lint_finding& worst = judged.findings.front();
        throw install_refused(reason::bad_request, "the descriptor is not acceptable: "
                                                       + worst.member + " " + worst.rule);
    }
    if (!room_id && !judged.value.allow_global)
        throw install_refused(reason::bad_request,
                              "the add-on cannot be installed into every room: "
                              "capabilities.installable.allowGlobal is false");
    if (room_id && !judged.value.allow_room)
        throw install_refused(reason::bad_request,
                              "the add-on cannot be installed into a room: "
                              "capabilities.installable.allowRoom is false");
    const auto as_set = [](const std::vector<scope>& each) {
        return std::set<scope>(each.begin(), each.end());
    };
    if (as_set(judged.value.scopes) != as_set(agreed))
        throw install_refused(reason::conflict,
                              "the add-on asks for the scopes " + names(judged.value.scopes)
                                  + ", agreed were " + names(agreed)
                                  + "; look at the descriptor again and agree to what it asks for");
}

}  // namespace hipchat::host
