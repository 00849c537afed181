#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hipchat/descriptor.hpp"
#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// The descriptor's document (addon-side.md 1). allowRoom and allowGlobal are always written, and
/// so is each webhook's authentication; other defaults are left out.
json::object write_descriptor(const descriptor& value);

/// Reads a descriptor as a host must: unknown members kept, one bare object counts as an array of
/// one, a missing vendor is fine, the default authentication of a webhook is none.
/// Throws protocol_error naming the member and the rule; only the shape is judged, limits are
/// lint's.
/// @param partial an author's own: top-level members may be missing, and the default authentication
///                of a webhook is jwt, because the library verifies every webhook
descriptor read_descriptor(std::string_view text, bool partial = false);

struct lint_finding {
    enum class severity { error, warning };

    severity level = severity::error;
    std::string member = {};  ///< dotted path, for example "capabilities.glance[0].key"
    std::string rule = {};    ///< a sentence that ends with what to do
};

/// Everything in `value` that breaks the published rules (docs/protocol/descriptor.schema.json), or
/// that will surprise its author. Errors first.
std::vector<lint_finding> lint(const descriptor& value);

}  // namespace hipchat::protocol
