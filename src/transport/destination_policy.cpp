#include "transport/destination_policy.hpp"

#include <algorithm>
#include <utility>

#include "protocol/url.hpp"
#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

std::string_view bare(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

bool host_matches(std::string_view pattern, std::string_view host) {
    if (!pattern.starts_with("*.")) return same_word(pattern, host);
    const std::string_view suffix = pattern.substr(1);
    return host.size() > suffix.size()
           && same_word(host.substr(host.size() - suffix.size()), suffix);
}

// A name of this machine, or a loopback address written as one.
bool says_loopback(std::string_view host) {
    return protocol::is_loopback_name(bare(host))
           || classify_address(host) == address_kind::loopback;
}

}  // namespace

bool listed_destination::matches(std::string_view url_scheme, std::string_view url_host,
                                 std::string_view url_port) const {
    return (scheme.empty() || same_word(scheme, url_scheme))
           && (host.empty() || host_matches(bare(host), bare(url_host)))
           && (port.empty() || port == url_port);
}

destination_policy& destination_policy::allow_loopback() {
    loopback_ = true;
    return *this;
}

destination_policy& destination_policy::allow_plain_http() {
    plain_http_ = true;
    return *this;
}

destination_policy& destination_policy::allow(listed_destination destination) {
    listed_.push_back(std::move(destination));
    return *this;
}

destination_policy& destination_policy::only_listed() {
    only_listed_ = true;
    return *this;
}

bool destination_policy::listed(std::string_view url) const {
    const auto parts = protocol::parse_web_url(url);
    if (!parts) return false;
    const std::string port = std::to_string(parts->port);
    return std::ranges::any_of(listed_, [&](const listed_destination& each) {
        return each.matches(parts->scheme, parts->host, port);
    });
}

std::optional<std::string> destination_policy::refusal(std::string_view url,
                                                       bool through_proxy) const {
    const auto parts = protocol::parse_web_url(url);
    if (!parts) return "This is not an absolute http or https URL.";
    if (listed(url)) return std::nullopt;
    const std::string& host = parts->host;
    if (says_loopback(host)) {
        if (through_proxy) return host + " is a proxy's own machine when asked for through it.";
        if (loopback_) return std::nullopt;
        return host + " is this machine itself, which is not a permitted destination.";
    }
    if (through_proxy) return host + " is not listed, and a proxy is asked for listed hosts only.";
    if (only_listed_) return host + " is not among the listed hosts.";
    if (parts->scheme != "https" && !plain_http_)
        return host + " is asked for by plain http, which is permitted for listed hosts only.";
    const bool numeric =
        host.find(':') != std::string::npos || classify_address(host) != address_kind::special;
    if (numeric && classify_address(host) != address_kind::public_internet)
        return host + " is not an address of the public internet.";
    return std::nullopt;
}

bool destination_policy::admits_address(std::string_view url, std::string_view numeric) const {
    const auto parts = protocol::parse_web_url(url);
    if (!parts) return false;
    if (listed(url)) return true;
    const address_kind kind = classify_address(numeric);
    // A public name must not lead here, and a local name must not lead elsewhere.
    if (kind == address_kind::loopback) return loopback_ && says_loopback(parts->host);
    if (says_loopback(parts->host) || kind != address_kind::public_internet) return false;
    return !only_listed_ && (parts->scheme == "https" || plain_http_);
}

}  // namespace hipchat::transport
