#pragma once

#include <optional>
#include <string>

#include "host/api/fields.hpp"
#include "host/api/router.hpp"
#include "host/api/services.hpp"
#include "host/api/v2/expansion.hpp"
#include "host/api/v2/listing.hpp"
#include "host/api/v2/shapes.hpp"

// The REST API v2. Each function registers one resource; what is given must outlive the routes.

namespace hipchat::host {

/// Where routes are registered: those that answer with a document apart, so that links to them can
/// be expanded.
struct rest_routes {
    router& to;
    documents& shown;
};

/// All of them.
void add_rest_routes(rest_routes to, services& on);

void add_capabilities_routes(router& to, services& on);
void add_oauth_routes(router& to, services& on);
void add_notification_routes(router& to, services& on);
void add_room_list_routes(rest_routes to, services& on);
void add_room_routes(rest_routes to, services& on);
void add_member_routes(rest_routes to, services& on);
void add_message_routes(router& to, services& on);
void add_share_file_routes(router& to, services& on);
void add_history_routes(rest_routes to, services& on);
void add_user_routes(rest_routes to, services& on);
void add_group_routes(rest_routes to, services& on);
void add_picture_routes(router& to, services& on);
void add_emoticon_routes(rest_routes to, services& on);
void add_webhook_routes(router& to, services& on);
void add_module_routes(router& to, services& on);
void add_glance_routes(router& to, services& on);

/// The room of that id or name, for one who may see it; throws refusal(404), or refusal(403) for a
/// room that is not the token's own. A private room is unknown to people who are not its members.
room_ptr room_named_by(const access& who, const services& on, std::string_view id_or_name);
/// Whether a token of any room may see this one: a private one only its members' may.
bool may_see(const access& who, const services& on, const room& which);
/// Throws refusal(403) unless the caller may change the room: a person must own or administer it,
/// or the group.
void check_may_change(const access& who, const services& on, const room& which);

/// room_named_by() for the room that the path names.
room_ptr room_for(const access& who, const services& on, const request& asked);
/// The same for an add-on.
room_ptr room_of_addon(const addon_access& who, const services& on, const request& asked);
/// The same as room_for() for one who changes it: a person must own or administer it, or the group.
room_ptr room_to_change(const access& who, const services& on, const request& asked);

/// The person that a path names (host-side.md 3.1); throws refusal(404).
/// @param name of the captured part
person user_for(const services& on, const request& asked, std::string_view name = "user");

/// Who acts by that token, for the feed.
doer doer_of(const access& who);

/// 201 with {"id", "links": {"self"}} (host-side.md 3.6).
http_response created(const json::value& id, const std::string& self);

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
