#pragma once

#include "host/api/services.hpp"

namespace hipchat::host {

/// Makes somebody a tombstone: their account, sessions, invitation and tokens are void, what they
/// said stays. Throws refusal(403) for the last owner of the group.
task<> deactivate(services& on, person gone);

/// Whether the group would be without an owner if that one were none any more.
bool is_last_owner(const services& on, const person& who);

}  // namespace hipchat::host
