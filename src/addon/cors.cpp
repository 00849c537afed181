#include "addon/cors.hpp"

#include <algorithm>

#include "addon/tenant_origin.hpp"
#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

constexpr std::string_view separators = " ,\t";

bool is_host_suffix(std::string_view text) {
    if (text.starts_with('.')) text.remove_prefix(1);
    const auto url = protocol::parse_web_url("https://" + std::string(text));
    return url && url->host == text;
}

bool is_at_or_below(std::string_view host, std::string_view suffix) {
    if (suffix.starts_with('.')) return host.size() > suffix.size() && host.ends_with(suffix);
    if (!host.ends_with(suffix)) return false;
    return host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.';
}

}  // namespace

cors_rule::cors_rule(std::string_view whitelist) {
    while (!whitelist.empty()) {
        whitelist.remove_prefix(
            std::min(whitelist.find_first_not_of(separators), whitelist.size()));
        const std::string_view entry = whitelist.substr(0, whitelist.find_first_of(separators));
        whitelist.remove_prefix(entry.size());
        if (entry.empty()) continue;
        if (entry == "*") {
            everybody_ = true;
            continue;
        }
        if (!is_host_suffix(entry))
            throw config_error("AC_CORS_WHITELIST: '" + std::string(entry)
                               + "' is not a host in lower case such as chat.example.com, "
                                 ".example.com, or *");
        suffixes_.emplace_back(entry);
    }
}

bool cors_rule::listed(std::string_view origin) const {
    if (suffixes_.empty()) return false;
    const auto url = protocol::parse_web_url(origin);
    if (!url || url->origin() != origin) return false;
    if (url->scheme != "https" && !protocol::is_loopback_name(url->host)) return false;
    return std::ranges::any_of(
        suffixes_, [&](const std::string& suffix) { return is_at_or_below(url->host, suffix); });
}

std::string cors_rule::allowed_origin(std::string_view origin,
                                      const storage::tenant& tenant) const {
    if (listed(origin)) return std::string(origin);
    if (everybody_) return "*";
    return tenant_origin(tenant);
}

void cors_rule::apply(reply& to, const inbound& request, const storage::tenant& tenant) const {
    std::string allowed = allowed_origin(request.header_value("Origin"), tenant);
    if (!allowed.empty())
        to.headers.emplace_back("Access-Control-Allow-Origin", std::move(allowed));
    to.headers.emplace_back("Vary", "Origin");
}

}  // namespace hipchat::addons
