#include "addon/tenant_key.hpp"

#include "protocol/hkdf.hpp"

namespace hipchat::addons {

secret tenant_key(const storage::tenant& tenant, std::string_view purpose) {
    const std::string info = "hipchat-connect " + std::string(purpose) + '\n' + tenant.oauth_id
                             + '\n' + std::to_string(tenant.generation);
    return tenant.secret.empty() ? secret() : protocol::derive_key(tenant.secret, info);
}

}  // namespace hipchat::addons
