#include "addon/tenant_origin.hpp"

#include "protocol/url.hpp"

namespace hipchat::addons {

std::string tenant_origin(const storage::tenant& tenant) {
    for (const std::string& url : {tenant.homepage, tenant.capabilities_url})
        if (const auto parsed = protocol::parse_web_url(url)) return parsed->origin();
    return {};
}

}  // namespace hipchat::addons
