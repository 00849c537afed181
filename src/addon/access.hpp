#pragma once

namespace hipchat::addons {

class rest_client;

/// What the handles that an author holds (room, tenant, events) may use of the running add-on. It
/// outlives every handle: drained work ends before the service does. Loop thread only.
struct access {
    rest_client& rest;
};

}  // namespace hipchat::addons
