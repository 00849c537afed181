#pragma once

#include <string>
#include <string_view>

#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// A host's capabilities document (host-side.md 1).
struct host_capabilities {
    std::string name = {};      ///< "HipChat"
    std::string self = {};      ///< links.self
    std::string api = {};       ///< links.api; may be empty
    std::string homepage = {};  ///< links.homepage; may be empty
    std::string api_provider_url =
        {};                      ///< capabilities.hipchatApiProvider.url, with a slash at the end
    std::string token_url = {};  ///< capabilities.oauth2Provider.tokenUrl
    std::string authorization_url = {};  ///< may be empty
};

/// Throws protocol_error naming the member. Requires links.self, hipchatApiProvider.url and
/// oauth2Provider.tokenUrl.
host_capabilities parse_host_capabilities(std::string_view text);

/// The document of our own host at `base_url` (no slash at the end), with every scope it offers.
json::object write_host_capabilities(std::string_view base_url);

}  // namespace hipchat::protocol
