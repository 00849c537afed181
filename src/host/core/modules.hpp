#pragma once

#include <cstdint>
#include <string>

#include "hipchat/descriptor.hpp"
#include "host/core/values.hpp"

// What an add-on shows: the modules of its descriptor, and those that it added (host-side.md 4).
// Pure.

namespace hipchat::host {

/// Whether paths may name that kind of module.
bool is_module_kind(std::string_view kind) noexcept;

/// The client's descriptor with the modules that it added for a room, or for wherever it is.
descriptor described_in(const client& who, std::int64_t room_id);

/// Throws protocol_error naming the member and the rule if the client may not have such a module:
/// one that breaks the descriptor's rules (addon-side.md 1), targets included.
void check_module(const client& who, const added_module& added);

}  // namespace hipchat::host
