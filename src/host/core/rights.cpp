#include "host/core/rights.hpp"

namespace hipchat::host {

bool may_see(const rooms& places, const person& who, const room& which) {
    if (who.is_guest()) return which.is_guest_accessible && who.guest_room == which.id;
    return !which.is_private() || who.is_admin() || which.owner_id == who.id
           || places.is_member(which.id, who.id);
}

bool may_change(const rooms& places, const person& who, const room& which) {
    if (who.is_guest()) return false;
    if (who.is_admin() || which.owner_id == who.id) return true;
    const auto& members = places.members_of(which.id);
    const auto own = members.find(who.id);
    return own != members.end() && own->second.is_admin;
}

}  // namespace hipchat::host
