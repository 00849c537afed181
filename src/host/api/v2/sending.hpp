#pragma once

#include <functional>
#include <optional>
#include <string>

#include "host/api/v2/rest.hpp"

// What people send, to a room or to each other: one set of calls below both (host-side.md 4).

namespace hipchat::host {

/// Where something is sent.
struct recipient {
    room_ptr where = {};            ///< null: to a person
    std::optional<person> to = {};  ///< empty: into a room
};

/// The recipient that a request's path names; throws refusal.
using find_recipient = std::function<recipient(const request&, const user_access&)>;

/// Below "/v2/room/{room}" and "/v2/user/{user}".
recipient room_recipient(const services& on, const request& asked, const user_access& who);
recipient person_recipient(const services& on, const request& asked);

/// Counts a message to the recipient; throws refusal(429).
allowance count_message(const services& on, const recipient& to);

/// Says it and answers with `status`, 201 with the message's id and time, and the flood control's
/// headers.
task<http_response> send(services& on, recipient to, person who, said what, int status,
                         allowance left);

}  // namespace hipchat::host
