#pragma once

#include <optional>
#include <string_view>

namespace hipchat {

/// What an add-on may do in a room or group (addon-side.md 3.3).
enum class scope {
    admin_group,
    admin_room,
    import_data,
    manage_rooms,
    send_message,
    send_notification,
    view_group,
    view_messages,
    view_room,
};

/// The scope as the protocol writes it, for example "send_notification".
std::string_view to_string(scope value) noexcept;

/// The scope of that name; empty if there is none.
std::optional<scope> scope_named(std::string_view name) noexcept;

}  // namespace hipchat
