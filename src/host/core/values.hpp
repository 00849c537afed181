#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/json.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"
#include "protocol/event.hpp"
#include "protocol/pattern.hpp"

// What the host knows, as values.

namespace hipchat::host {

struct room {
    std::int64_t id = 0;
    std::int64_t group_id = 1;
    std::string name = {};
    std::string topic = {};
    std::string privacy = "public";
    bool is_archived = false;
    wall_time created = {};
    std::int64_t owner_id = 0;  ///< 0: the group
    bool is_guest_accessible = false;
    std::string guest_token = {};  ///< of the guest access URL; empty until there was one
    std::optional<bool> delegate_admin_visibility = {};
    std::string avatar = {};  ///< path of a kept file; empty: none

    bool is_private() const noexcept { return privacy == "private"; }
};

/// What a person may do in the group; each may what the one before may.
enum class role {
    guest,  ///< sees one room, by its guest link
    member,
    admin,  ///< of the group: people, rooms, add-ons everywhere
    owner,  ///< an admin whom no other admin can demote
};

std::string_view to_string(role value) noexcept;
std::optional<role> role_named(std::string_view name) noexcept;

/// What a person says about being here (host-side.md 5).
struct presence_status {
    std::string show = {};    ///< chat, away, xa, dnd; empty: plainly available
    std::string status = {};  ///< in their own words
};

struct person {
    std::int64_t id = 0;
    std::string name = {};          ///< 1 to 50 characters; unique whatever the case of its letters
    std::string mention_name = {};  ///< without '@'
    std::string email = {};         ///< empty: unknown
    std::string title = {};
    std::string timezone = "UTC";
    role standing = role::member;
    std::int64_t guest_room = 0;  ///< of a guest: the room that they see
    bool is_deleted = false;
    wall_time created = {};
    std::string photo = {};  ///< path of a kept file; empty: none
    presence_status status = {};
    wall_time last_active = {};  ///< when they last came, went or said something; 1970: never

    bool is_admin() const noexcept { return standing >= role::admin; }
    bool is_guest() const noexcept { return standing == role::guest; }
};

/// Where a command came from. One that carries an external id is done once, however often it comes.
struct origin {
    std::string network = {};                     ///< for example "web"
    std::optional<std::string> external_id = {};  ///< unique within its network
};

/// One entry of the change feed; immutable once it is in it.
struct change {
    std::int64_t seq = 0;
    std::int64_t room_id = 0;
    std::string actor = {};     ///< oauthId of the client that caused it; empty: not an add-on
    json::object content = {};  ///< as pages see it (docs/host-web.md), seq and room_id included
};
using change_ptr = std::shared_ptr<const change>;

/// A webhook of an installed add-on.
struct hook {
    std::int64_t id = 0;  ///< webhook_id in payloads
    protocol::event_kind event = protocol::event_kind::room_enter;
    std::string url = {};
    bool is_signed = false;
    std::shared_ptr<const protocol::pattern> pattern = {};  ///< null: every message
    std::optional<std::int64_t> room_id =
        {};                ///< of one that was added: absent: where the client is
    std::string key = {};  ///< of one that was added under a key
    std::string name = {};
    bool is_added = false;   ///< through the REST API, not by the descriptor
    std::int64_t since = 0;  ///< seq of the newest change when it was added
    wall_time created = {};  ///< of one that was added
};

/// A module that a client added to those of its descriptor (host-side.md 4, "Dynamic modules").
struct added_module {
    std::int64_t room_id = 0;  ///< 0: wherever the client is
    std::string kind = {};     ///< as paths name it: "glance", "webPanel", …
    std::string key = {};
    json::object document = {};  ///< as it was sent, its key included
};

/// One installation of an add-on: an OAuth client (addon-side.md 2.1).
struct client {
    enum class status {
        offered,    ///< active, but the add-on has not accepted yet; void after a restart
        installed,  ///< accepted
        revoked,    ///< void; its add-on has not been told yet
    };

    std::string oauth_id = {};
    hipchat::secret secret = {};
    std::optional<std::int64_t> room_id = {};  ///< absent: the whole group
    std::string descriptor_url = {};
    hipchat::descriptor descriptor = {};
    client::status state = client::status::offered;
    std::int64_t since = 0;  ///< seq of the change that installed it; earlier ones are not for it
    wall_time installed_at = {};
    std::vector<hook> hooks = {};  ///< declared ones first
    std::vector<added_module> modules = {};

    bool reaches(std::int64_t room) const noexcept { return !room_id || *room_id == room; }
    bool may(scope wanted) const noexcept;
    const std::string& sender_name() const noexcept {
        return descriptor.from_name.empty() ? descriptor.name : descriptor.from_name;
    }
};
using client_ptr = std::shared_ptr<const client>;

/// A webhook request that is due.
struct delivery {
    std::int64_t id = 0;
    std::int64_t seq = 0;
    std::int64_t room_id = 0;
    std::string oauth_id = {};
    std::int64_t hook_id = 0;
    std::string jti = {};      ///< the same for every attempt
    std::string user_id = {};  ///< who acted; empty: nobody
    std::string body = {};
};

json::object to_json(const room& value);
json::object to_json(const person& value);
json::object to_json(const presence_status& value);

}  // namespace hipchat::host
