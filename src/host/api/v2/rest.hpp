#pragma once

#include "host/api/router.hpp"
#include "host/api/services.hpp"

// The REST API v2, for add-ons. Each function registers one resource; `on` must outlive the routes.

namespace hipchat::host {

void add_capabilities_routes(router& to, services& on);
void add_oauth_routes(router& to, services& on);
void add_room_routes(router& to, services& on);
void add_notification_routes(router& to, services& on);

/// The room that a client names in a path; throws refusal(404), or refusal(403) for a room that is
/// not the client's own.
room_ptr room_for(const access& who, const rooms& places, const request& asked);

/// Whom a record is about.
struct record_label {
    std::string what = {};
    client_ptr about = {};  ///< null: unknown
    std::optional<std::int64_t> room_id = {};
};

/// Awaits `handling` and records it, also when it ends in a refusal.
task<http_response> recorded(services& on, const request& asked, record_label label,
                             task<http_response> handling);

}  // namespace hipchat::host
