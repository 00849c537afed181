#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hipchat/notification.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

namespace detail {
struct room_access;
}

/// A room, with the right to act in it that its tenant gave. A value; cheap to copy, and usable for
/// as long as the add-on runs. Calls are made on the loop thread.
class room {
public:
    std::int64_t id() const noexcept;
    /// May be empty where the host did not say.
    const std::string& name() const noexcept;

    /// Posts `what` into the room. Scope: send_notification.
    /// Throws config_error (a limit of addon-side.md 8.1 is exceeded, or the scope is not in the
    /// descriptor), api_error (the host said no; rate_limited for 429), transport_error (it could
    /// not be reached). A connection that cannot be made is tried again within the call's time.
    task<> send_notification(notification what) const;

    explicit room(std::shared_ptr<const detail::room_access> access) noexcept;

private:
    std::shared_ptr<const detail::room_access> access_;
};

}  // namespace hipchat
