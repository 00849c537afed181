#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// An absolute http or https URL, taken apart.
struct web_url {
    std::string scheme = {};  ///< "http" or "https"
    std::string host = {};    ///< lower case; an IPv6 address without brackets
    std::uint16_t port = 0;   ///< given or the scheme's default
    std::string path = {};    ///< begins with '/', percent-encoded as given
    std::string query = {};   ///< without '?'

    /// scheme://host[:port], the port only if it is not the scheme's default. Equal origins have
    /// equal text.
    std::string origin() const;
};

/// Empty if `text` is not an absolute http(s) URL, or carries user information or a fragment.
std::optional<web_url> parse_web_url(std::string_view text);

/// "http://a/v2/" + "room/1": exactly one slash between the two.
std::string join_url(std::string_view base, std::string_view path);

/// Percent-encodes everything but unreserved characters (RFC 3986 2.3).
std::string percent_encode(std::string_view text);

/// The value of `name` in a query or form body ("a=1&b=2"), decoded ('+' is a blank); empty
/// optional if absent or badly encoded. The first occurrence counts.
std::optional<std::string> form_value(std::string_view form, std::string_view name);

/// True if `host` names this machine: localhost, *.localhost, 127.0.0.0/8 or ::1 as text.
bool is_loopback_name(std::string_view host);

}  // namespace hipchat::protocol
