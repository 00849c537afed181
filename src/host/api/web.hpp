#pragma once

#include "host/api/assets.hpp"
#include "host/api/live.hpp"
#include "host/api/router.hpp"
#include "host/api/services.hpp"

// What the host's own pages and shell commands call (docs/host-web.md). Everything given must
// outlive the routes.

namespace hipchat::host {

void add_page_routes(router& to, services& on, const assets& files);
void add_web_room_routes(router& to, services& on);
void add_web_event_routes(router& to, services& on);
void add_web_integration_routes(router& to, services& on);
void add_web_module_routes(router& to, services& on);
void add_web_traffic_routes(router& to, services& on);
void add_web_token_routes(router& to, services& on);
void add_file_routes(router& to, services& on);
void add_live_routes(router& to, live& sockets);

/// The room that comes first; throws refusal(404) if all were deleted.
room_ptr first_room(const services& on);

/// The room that a path names; throws refusal(404).
room_ptr room_named(const services& on, const request& asked);

/// Throws refusal(400) naming `field` unless `text` has 1 to 10000 characters.
void check_message(std::string_view field, const std::string& text);

}  // namespace hipchat::host
