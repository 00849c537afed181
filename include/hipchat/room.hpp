#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/glance.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

namespace detail {
struct room_access;
}

enum class room_privacy { public_room, private_room };

/// What an event says of its room beside id and name (addon-side.md 5.3); empty where it did not.
struct room_facts {
    std::optional<room_privacy> privacy = {};
    std::optional<bool> is_archived = {};
    std::string version = {};  ///< changes with the room's data
    /// URLs in the REST API.
    std::string self = {};
    std::string webhooks = {};
    std::string participants = {};
    std::string members = {};  ///< not on public rooms of every host
};

/// A webhook that was added to a room while the add-on runs.
struct added_webhook {
    std::string id = {};       ///< as add_webhook gave it
    std::string name = {};     ///< of its handler: addon::dynamic_webhook
    std::string pattern = {};  ///< may be empty
    std::int64_t room_id = 0;
};

/// A room, with the right to act in it that its tenant gave. A value; cheap to copy, and usable for
/// as long as the add-on runs. Calls are made on the loop thread.
class room {
public:
    std::int64_t id() const noexcept;
    /// May be empty where the host did not say.
    const std::string& name() const noexcept;
    /// What the event said that this room came from; empty for a room that came otherwise.
    const room_facts& facts() const noexcept;

    /// Posts `what` into the room. Scope: send_notification.
    /// Throws config_error (a limit of addon-side.md 8.1 is exceeded, or the scope is not in the
    /// descriptor), api_error (the host said no; rate_limited for 429), transport_error (it could
    /// not be reached). A connection that cannot be made is tried again within the call's time.
    task<> send_notification(notification what) const;

    /// Shows `content` in the glance of that key to all who are in the room. Scope: view_room.
    /// Errors: those of sending a notification, by the limits of the glance.
    task<> push_glance(std::string key, glance content) const;

    // Dynamic webhooks (addon-side.md 5.1), of this installation only: remembered until they are
    // removed or it is uninstalled, and verified like the declared ones. Scope: admin_room. Errors:
    // those of a call, and hipchat::error when the store fails.

    /// Adds a webhook whose deliveries go to the handler declared as `name`
    /// (addon::dynamic_webhook). When it throws, there is no webhook; where nobody could say so, a
    /// later delivery is refused and removes what is left of it at the host.
    /// @param pattern of messages: those in which it is found; empty: all
    /// @return its id: each call adds another webhook
    /// Throws config_error also if no handler has that name or the pattern is not valid.
    task<std::string> add_webhook(std::string name, std::string pattern = {}) const;

    /// Those of this room.
    task<std::vector<added_webhook>> webhooks() const;

    /// The one of that id; empty if this room has none.
    task<std::optional<added_webhook>> find_webhook(std::string id) const;

    /// Removes it; false if this room has none of that id. From here on its deliveries are refused,
    /// also when the host could not be reached and this throws: then call it again.
    task<bool> remove_webhook(std::string id) const;

    explicit room(std::shared_ptr<const detail::room_access> access) noexcept;

private:
    std::shared_ptr<const detail::room_access> access_;
};

}  // namespace hipchat
