#include "host/connect/self_address.hpp"

#include <algorithm>
#include <optional>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

protocol::web_url read_base(std::string_view base_url) {
    auto read = protocol::parse_web_url(base_url);
    if (!read || read->path.size() > 1 || !read->query.empty())
        throw config_error("the base URL " + std::string(base_url)
                           + " is not usable; give one like http://localhost:8080");
    return *std::move(read);
}

}  // namespace

self_address::self_address(std::string_view base_url, std::uint16_t port)
    : base_url_(read_base(base_url).origin()), port_(port), origins_{base_url_} {
    for (const char* const name : {"http://localhost:", "http://127.0.0.1:", "http://[::1]:"}) {
        if (const auto read = protocol::parse_web_url(name + std::to_string(port)))
            origins_.push_back(read->origin());
    }
}

bool self_address::is_of_this_machine() const {
    const auto read = protocol::parse_web_url(base_url_);
    return read && protocol::is_loopback_name(read->host);
}

bool self_address::is_host(std::string_view host_header) const {
    const auto names = [&](std::string_view scheme) {
        const auto read = protocol::parse_web_url(std::string(scheme) + std::string(host_header));
        return read && read->path.size() <= 1 && is_origin(read->origin());
    };
    return !host_header.empty() && (names("http://") || names("https://"));
}

bool self_address::is_origin(std::string_view origin_header) const {
    return std::ranges::find(origins_, origin_header) != origins_.end();
}

bool self_address::owns(std::string_view url) const {
    const auto read = protocol::parse_web_url(url);
    if (!read) return false;
    return is_origin(read->origin())
           || (read->port == port_ && protocol::is_loopback_name(read->host));
}

}  // namespace hipchat::host
