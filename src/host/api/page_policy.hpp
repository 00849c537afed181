#pragma once

#include <cstdint>
#include <string>

#include "host/core/clients.hpp"

namespace hipchat::host {

/// The Content-Security-Policy of the host's pages: nothing but what the host itself serves, and
/// pictures.
/// @param installed whose pages may be framed, and whose glances may be asked for: those of the
///                  add-ons that reach `room_id`
std::string page_policy(const clients& installed, std::int64_t room_id);

}  // namespace hipchat::host
