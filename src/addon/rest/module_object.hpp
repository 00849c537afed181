#pragma once

#include <string>

#include "addon/rest/rest_core.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/json.hpp"

// A module goes over the wire as the object of the descriptor, so it is written and read, and its
// limits are checked, as part of a descriptor that has nothing else.

namespace hipchat::rest {

/// A valid descriptor without modules.
descriptor bare_descriptor();

/// The one module of `all`. Throws config_error naming the member that breaks a rule.
/// @param kind its name among the capabilities: "glance"
json::object write_module(const descriptor& all, const std::string& kind);

/// The module of that kind alone in a descriptor. Throws protocol_error if it is none.
descriptor read_module(const std::string& kind, const json::value& module);

/// A URL that begins with '/' belongs to the add-on's base URL.
void resolve_url(std::string& url, const detail::rest_core& core);

}  // namespace hipchat::rest
