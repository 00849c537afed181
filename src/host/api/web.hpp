#pragma once

#include "host/api/assets.hpp"
#include "host/api/live.hpp"
#include "host/api/router.hpp"
#include "host/api/services.hpp"

// What the host's own pages and shell commands call (docs/host-web.md). Everything given must
// outlive the routes.

namespace hipchat::host {

void add_page_routes(router& to, services& on, const assets& files);
void add_account_page_routes(router& to, services& on, const assets& files);
void add_web_room_routes(router& to, services& on);
void add_web_event_routes(router& to, services& on);
void add_web_integration_routes(router& to, services& on);
void add_web_module_routes(router& to, services& on);
void add_web_traffic_routes(router& to, services& on);
void add_web_token_routes(router& to, services& on);
void add_file_routes(router& to, services& on);
void add_live_routes(router& to, live& sockets);

void add_web_search_routes(router& to, services& on);
void add_web_file_routes(router& to, services& on);
void add_web_session_routes(router& to, services& on);
void add_web_setup_routes(router& to, services& on);
void add_web_profile_routes(router& to, services& on);
void add_web_people_routes(router& to, services& on);
void add_web_guest_routes(router& to, services& on);
/// @param stopping outlives the routes
void add_health_routes(router& to, event_loop& loop, services& on, const bool& stopping);

/// The room that comes first of those that one sees; throws refusal(404) if there is none.
room_ptr first_room(const services& on, const person_here& who);

/// The room that a path names; throws refusal(404), also for one that the person may not see.
room_ptr room_named(const services& on, const person_here& who, const request& asked);
/// The same; throws refusal(403) unless the person may change it.
room_ptr room_to_change(const services& on, const person_here& who, const request& asked);

/// Who is in the room, by name, as pages see them: with what they say of themselves.
json::array people_here(const services& on, std::int64_t room_id);

/// Whether the person sees the room.
bool may_see(const services& on, const person_here& who, const room& which);

/// Who acts: the person who is signed in, whatever is claimed; where nobody needs to be, the one of
/// that name, who is made if nobody has it. Throws refusal(400) if the name is none.
task<person> acting_person(services& on, const person_here& who,
                           std::optional<std::string> claimed);

/// Signs somebody in: 200 with {"you"} and the cookie of a new session.
task<http_response> signed_in(services& on, const request& asked, person who, int status = 200);

/// Throws refusal(400) naming `field` unless `text` has 1 to 10000 characters.
void check_message(std::string_view field, const std::string& text);

}  // namespace hipchat::host
