#pragma once

#include "host/core/rooms.hpp"
#include "host/core/values.hpp"

// What a person may do with a room, whatever way they come by.

namespace hipchat::host {

/// Whether the person sees the room at all. A private one only its members, its owner and the
/// group's admins do; a guest sees the room of their link, as long as it lets guests in.
bool may_see(const rooms& places, const person& who, const room& which);

/// Whether the person may change the room, and what is installed in it: its owner, its admins and
/// the group's.
bool may_change(const rooms& places, const person& who, const room& which);

}  // namespace hipchat::host
