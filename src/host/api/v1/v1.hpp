#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/api/fields.hpp"
#include "host/api/router.hpp"
#include "host/api/services.hpp"

// The calls of API v1 that old scripts make, with its own names and shapes. Parameters come in the
// query or as a form, the token too, as auth_token; over a limit is 403. What of it the documents
// leave open is in docs/compatibility.md.

namespace hipchat::host {

/// All of them. What is given must outlive the routes.
void add_v1_routes(router& to, services& on);

void add_v1_room_routes(router& to, services& on);
void add_v1_message_routes(router& to, services& on);
void add_v1_user_routes(router& to, services& on);

namespace v1 {

/// A parameter, of the query or the form; empty if absent.
std::optional<std::string> parameter(const request& asked, std::string_view name);

/// The same as text of some length; throws refusal(400) naming it.
std::string required(const request& asked, const std::string& name, text_length length);

/// The room that room_id names, by id or name; throws refusal.
room_ptr room_in(const access& who, const services& on, const request& asked);

/// Seconds since 1970.
std::int64_t unix_time(wall_time when);

}  // namespace v1
}  // namespace hipchat::host
