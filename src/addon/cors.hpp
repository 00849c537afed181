#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "addon/dispatch.hpp"
#include "storage/tenants.hpp"

namespace hipchat::addons {

/// Which pages of other origins may read the answer to a glance (addon-side.md 6.1), from
/// AC_CORS_WHITELIST. For glances only: no other route has a reader on another origin.
///
/// An entry is a host with everything below it ("example.com"), only what is below it
/// (".example.com"), or "*" for everybody; blanks or commas separate entries. Names are compared
/// label by label, and such pages must be https ones, except on loopback names. Whoever is not
/// listed is told the tenant's own origin, which lets that one page read and nobody else.
class cors_rule {
public:
    /// Throws config_error naming the entry that cannot be read.
    explicit cors_rule(std::string_view whitelist);

    /// Value of Access-Control-Allow-Origin for a request with that Origin header (empty: none).
    /// Empty if nobody may read.
    std::string allowed_origin(std::string_view origin, const storage::tenant& tenant) const;

    /// Adds what the answer to `request` needs, Vary included.
    void apply(reply& to, const inbound& request, const storage::tenant& tenant) const;

private:
    bool listed(std::string_view origin) const;

    std::vector<std::string> suffixes_;
    bool everybody_ = false;
};

}  // namespace hipchat::addons
