#include <algorithm>
#include <string>

#include "property.hpp"
#include "protocol/url.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {

void urls(std::string_view input) {
    const auto url = protocol::parse_web_url(input);
    static_cast<void>(protocol::is_loopback_name(input));
    const auto [base, path] = split(input, '\n');
    static_cast<void>(protocol::join_url(base, path));
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
