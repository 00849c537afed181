#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "addon/access.hpp"
#include "hipchat/json.hpp"
#include "hipchat/log.hpp"
#include "hipchat/match.hpp"
#include "hipchat/room.hpp"
#include "protocol/event.hpp"
#include "storage/tenants.hpp"

// What stands behind the handles that an author's handler holds. All of it is shared and immutable,
// so that handles may be copied and kept.

namespace hipchat::detail {

/// A room of a tenant, and what is needed to act there.
struct room_access {
    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    std::int64_t id;
    std::string name;
    room_facts facts = {};
};

/// What was typed, of a slash command.
struct command_seen {
    std::string name = {};
    std::string sub = {};
    std::string rest = {};
};

/// A verified event. Its payload lives in an arena of its own: one allocation for most payloads.
struct event_core {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): see buffer
    event_core(const addons::access& given, std::shared_ptr<const storage::tenant> from,
               std::string_view body, request_id delivered_by = request_id::none)
        : to(given),
          tenant(std::move(from)),
          request(delivered_by),
          arena(buffer.data(), buffer.size()),
          payload(json::parse(body, &arena)) {}

    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    request_id request;
    std::array<unsigned char, 6144> buffer;  // left unset: the arena writes before it reads
    json::monotonic_resource arena;
    protocol::event payload;
    match matched = {};         ///< empty if the handler has no pattern
    command_seen invoked = {};  ///< of a handler of a slash command
    std::string added_as = {};  ///< id of a dynamic webhook; empty: a declared one
    int attempt = 1;            ///< the how-manieth time that it is handled
};

/// A verified request for what a glance shows.
struct query_core {
    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    std::optional<std::int64_t> room_id;
    std::string user_id;  ///< empty: the host did not say
    request_id request = request_id::none;
};

/// An install, update or uninstall that has happened.
struct lifecycle_core {
    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    request_id request = request_id::none;  ///< none: an uninstall that was settled later
    std::string relay_state = {};           ///< of an install by redirect; empty: none
};

/// A user has let the add-on act for them.
struct user_core {
    const addons::access& to;
    std::shared_ptr<const storage::tenant> tenant;
    std::string user_id;
    request_id request = request_id::none;
};

/// Work that no request asked for.
struct background_core {
    const addons::access& to;
};

}  // namespace hipchat::detail
