#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "hipchat/call_policy.hpp"
#include "hipchat/room.hpp"
#include "hipchat/secret.hpp"

// The host's REST API (host-side.md 4), typed. One header below hipchat/rest/ for each resource,
// each with a class that is made from a client:
//
//     hipchat::rest::rooms rooms(event.tenant().rest());
//     const auto lobby = co_await rooms.get("Lobby");
//
// Every call throws config_error (the descriptor lacks the scope, which the error names; a limit
// of the protocol is exceeded; the room is out of the installation's reach), api_error (the host
// said no; rate_limited for 429), transport_error (it could not be reached within the deadline) or
// protocol_error (its answer does not have the documented shape). Loop thread only.

namespace hipchat::detail {
struct rest_core;
}

namespace hipchat::rest {

/// The right to call one tenant's host. A value; cheap to copy, and usable for as long as the
/// add-on runs. What its functions return differs from it in one thing.
class client {
public:
    explicit client(std::shared_ptr<const detail::rest_core> core) noexcept;

    /// Calls behave so, whatever the add-on's own policy is.
    client with(call_policy policy) const;
    /// Lookups bring the full form of these sub-objects (host-side.md 3.3): "owner,items.room".
    /// They are found in the `json` of an answer.
    client expanding(std::string titles) const;
    /// Calls are made as the user to whom this token belongs, not as the add-on. Which scopes it
    /// has is between the user and the host; it is not renewed.
    client as_user(secret access_token) const;

    /// For the library.
    const std::shared_ptr<const detail::rest_core>& core() const noexcept { return core_; }

private:
    std::shared_ptr<const detail::rest_core> core_;
};

/// Names a room in a path: by id or by name (1 to 100 characters).
class room_ref {
public:
    template <std::integral Number>
    room_ref(Number id) : value_(static_cast<std::int64_t>(id)) {}
    room_ref(std::string name) : value_(std::move(name)) {}
    room_ref(const char* name) : value_(std::string(name)) {}
    room_ref(const hipchat::room& handle) : value_(handle.id()) {}

    const std::variant<std::int64_t, std::string>& value() const noexcept { return value_; }

private:
    std::variant<std::int64_t, std::string> value_;
};

/// Names a user in a path: by id, by e-mail address, or by "@mention".
class user_ref {
public:
    template <std::integral Number>
    user_ref(Number id) : value_(static_cast<std::int64_t>(id)) {}
    user_ref(std::string email_or_mention) : value_(std::move(email_or_mention)) {}
    user_ref(const char* email_or_mention) : value_(std::string(email_or_mention)) {}

    const std::variant<std::int64_t, std::string>& value() const noexcept { return value_; }

private:
    std::variant<std::int64_t, std::string> value_;
};

}  // namespace hipchat::rest
