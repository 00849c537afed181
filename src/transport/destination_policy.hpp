#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::transport {

/// Kinds of address, by what reaching them can give away.
enum class address_kind {
    public_internet,
    loopback,
    private_network,  ///< RFC 1918, CGNAT, unique local
    link_local,       ///< includes cloud metadata services
    special,          ///< unspecified, multicast, reserved, documentation
};

/// The kind of a numeric IPv4 or IPv6 address; IPv4 inside IPv6 (mapped, 6to4, NAT64) counts as
/// what it holds. Anything else is `special`.
address_kind classify_address(std::string_view numeric);

/// A name pattern that an operator listed: "chat.example.com" or "*.example.com" (one or more
/// labels), optionally with scheme and port. What is left out matches anything.
struct listed_destination {
    std::string scheme = {};
    std::string host = {};
    std::string port = {};

    bool matches(std::string_view url_scheme, std::string_view url_host,
                 std::string_view url_port) const;
};

/// Where an http_client may connect. A value; decided twice for each connection: by name before
/// anything is resolved, and by address on the socket about to be opened, so that no spelling of an
/// address, no DNS answer and no later change of it gets around it.
class destination_policy {
public:
    /// Public https hosts only.
    destination_policy() = default;

    /// Loopback addresses too, with http.
    destination_policy& allow_loopback();
    /// Also plain http to public hosts.
    destination_policy& allow_plain_http();
    /// A listed destination may have any address, and plain http.
    destination_policy& allow(listed_destination destination);
    /// Only listed destinations (and loopback if allowed), no other public host.
    destination_policy& only_listed();

    /// Whether `url` may be asked for at all; empty if so, else one sentence naming what is wrong
    /// with it, without a remedy (the caller knows the setting's name).
    /// @param through_proxy the proxy resolves the name: then it must be listed
    std::optional<std::string> refusal(std::string_view url, bool through_proxy = false) const;

    /// Whether a socket to the numeric address may be opened for `url`.
    bool admits_address(std::string_view url, std::string_view numeric) const;

private:
    bool listed(std::string_view url) const;

    std::vector<listed_destination> listed_;
    bool loopback_ = false;
    bool plain_http_ = false;
    bool only_listed_ = false;
};

}  // namespace hipchat::transport
