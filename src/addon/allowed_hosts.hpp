#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "transport/destination_policy.hpp"

namespace hipchat::addons {

/// Which hosts may install this add-on, from AC_ALLOWED_HOSTS.
///
/// Entries are separated by blanks or commas. An entry is a name ("chat.example.com"), a name
/// pattern ("*.example.com"), an origin ("https://chat.example.com:8443"), or origins that belong
/// to one host, joined by '+' ("https://chat.example.com+https://api.example.com"): only those may
/// split their endpoints over several origins. With no entry, public https hosts are allowed, and
/// loopback ones while the add-on's own base URL is loopback.
class allowed_hosts {
public:
    /// Throws config_error naming the entry that cannot be read.
    allowed_hosts(std::string_view setting, std::string_view own_base_url);

    /// The same rules as the HTTP client applies them, by name and by address.
    const transport::destination_policy& policy() const noexcept { return policy_; }

    /// Whether a host whose capabilities document lies on `capabilities_origin` may have endpoints
    /// on `other_origin`.
    bool together(std::string_view capabilities_origin, std::string_view other_origin) const;

    /// True if loopback hosts are allowed although nobody listed them; the banner says so.
    bool loopback_by_default() const noexcept { return loopback_by_default_; }

private:
    void add_entry(std::string_view entry);

    transport::destination_policy policy_;
    std::vector<std::vector<std::string>> groups_;  // origins of one host
    bool loopback_by_default_ = false;
};

}  // namespace hipchat::addons
