#pragma once

#include <string>
#include <utility>

#include "storage/tenants.hpp"

namespace hipchat::storage {

/// A tenant with every field set, different for each oauthId.
inline tenant sample_tenant(std::string oauth_id) {
    tenant value;
    value.secret = hipchat::secret("secret of " + oauth_id);
    value.group_id = 123;
    value.group_name = "Example Group";
    value.room_id = 456;
    value.capabilities_url = "https://host.example/v2/capabilities";
    value.api_url = "https://host.example/v2/";
    value.token_url = "https://host.example/v2/oauth/token";
    value.homepage = "https://host.example/";
    value.authorization_url = "https://host.example/users/authorize";
    value.oauth_id = std::move(oauth_id);
    return value;
}

inline bool same_tenant(const tenant& a, const tenant& b) {
    return a.oauth_id == b.oauth_id && a.secret == b.secret && a.group_id == b.group_id
           && a.group_name == b.group_name && a.room_id == b.room_id
           && a.capabilities_url == b.capabilities_url && a.api_url == b.api_url
           && a.token_url == b.token_url && a.homepage == b.homepage
           && a.authorization_url == b.authorization_url && a.generation == b.generation
           && a.state == b.state;
}

}  // namespace hipchat::storage
