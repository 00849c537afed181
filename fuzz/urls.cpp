#include <algorithm>
#include <string>

#include "property.hpp"
#include "protocol/url.hpp"
#include "targets.hpp"
#include "transport/destination_policy.hpp"

namespace hipchat::fuzz {
namespace {

using transport::address_kind;

// What is permitted where nothing was configured: https to the public internet.
void check_policy(std::string_view url, std::string_view address) {
    const transport::destination_policy policy;
    const auto parts = protocol::parse_web_url(url);
    if (!policy.refusal(url)) {
        require(parts && parts->scheme == "https", "only https is permitted");
        require(!protocol::is_loopback_name(parts->host), "this machine is not permitted");
        const address_kind kind = transport::classify_address(parts->host);
        require(kind == address_kind::public_internet || kind == address_kind::special,
                "an address inside is not permitted");
    }
    if (policy.admits_address(url, address))
        require(transport::classify_address(address) == address_kind::public_internet,
                "a socket leads to the public internet only");
}

}  // namespace

void urls(std::string_view input) {
    const auto url = protocol::parse_web_url(input);
    static_cast<void>(protocol::is_loopback_name(input));
    const auto [base, path] = split(input, '\n');
    static_cast<void>(protocol::join_url(base, path));
    check_policy(input, "");
    check_policy(base, path);
    if (!url) return;
    require(url->scheme == "http" || url->scheme == "https", "a scheme is one of two");
    require(!url->host.empty(), "a URL has a host");
    require(url->host.find_first_of("/?#@ \r\n\t[]") == std::string::npos, "a host is a host");
    require(std::ranges::none_of(url->host, [](char c) { return c >= 'A' && c <= 'Z'; }),
            "a host is in lower case");
    require(url->path.starts_with('/'), "a path begins with a slash");
    require(url->path.find_first_of("?#") == std::string::npos, "a path ends before the query");
    require(url->query.find('#') == std::string::npos, "there is no fragment");
    const std::string written =
        url->origin() + url->path + (url->query.empty() ? "" : "?" + url->query);
    const auto again = protocol::parse_web_url(written);
    require(again.has_value(), "what was written is a URL");
    require(again->origin() == url->origin() && again->path == url->path
                && again->query == url->query && again->port == url->port,
            "what was written is the same URL");
}

}  // namespace hipchat::fuzz
