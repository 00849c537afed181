#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::host {

/// The names under which the host itself is reached: its base URL, and localhost, 127.0.0.1 and
/// [::1] with its port.
class self_address {
public:
    /// @param base_url absolute; a slash at its end is dropped. Throws config_error if it is no
    ///                 http(s) URL, or has a path or query
    self_address(std::string_view base_url, std::uint16_t port);

    /// Without a slash at the end.
    const std::string& base_url() const noexcept { return base_url_; }

    /// Whether browsers reach it by https, and whether its name is of this machine alone: both by
    /// the base URL, whatever a request says.
    bool is_https() const noexcept { return base_url_.starts_with("https://"); }
    bool is_of_this_machine() const;

    /// Whether the value of a Host header names this host.
    bool is_host(std::string_view host_header) const;
    /// Whether the value of an Origin header is this host's own.
    bool is_origin(std::string_view origin_header) const;
    /// Whether a request to `url` would come back to this host. False for what is no http(s) URL.
    bool owns(std::string_view url) const;

private:
    std::string base_url_;
    std::uint16_t port_;
    std::vector<std::string> origins_;
};

}  // namespace hipchat::host
