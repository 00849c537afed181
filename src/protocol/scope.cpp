#include "hipchat/scope.hpp"

#include "protocol/scopes.hpp"

namespace hipchat {
namespace protocol {

const std::array<scope_info, 9>& known_scopes() noexcept {
    // In the order of hipchat::scope.
    static constexpr std::array<scope_info, 9> table = {{
        {.value = scope::admin_group,
         .id = "admin_group",
         .name = "Administer Group",
         .description = "Carry out administration of the whole group"},
        {.value = scope::admin_room,
         .id = "admin_room",
         .name = "Administer Room",
         .description = "Carry out administration of a room"},
        {.value = scope::import_data,
         .id = "import_data",
         .name = "Import Data",
         .description = "Bulk-load users, rooms and history (restricted)"},
        {.value = scope::manage_rooms,
         .id = "manage_rooms",
         .name = "Manage Rooms",
         .description = "Create, change and delete rooms"},
        {.value = scope::send_message,
         .id = "send_message",
         .name = "Send Message",
         .description = "Write private messages"},
        {.value = scope::send_notification,
         .id = "send_notification",
         .name = "Send Notification",
         .description = "Post notifications into rooms"},
        {.value = scope::view_group,
         .id = "view_group",
         .name = "View Group",
         .description = "Read users, rooms and other group data"},
        {.value = scope::view_messages,
         .id = "view_messages",
         .name = "View Messages",
         .description = "Read room and private history the caller may see"},
        {.value = scope::view_room,
         .id = "view_room",
         .name = "View Room",
         .description = "Read a room and who is in it, without history"},
    }};
    return table;
}

std::string join_scopes(const std::vector<scope>& scopes) {
    std::string text;
    for (const scope value : scopes) {
        if (!text.empty()) text += ' ';
        text += to_string(value);
    }
    return text;
}

}  // namespace protocol

std::string_view to_string(scope value) noexcept {
    return protocol::known_scopes()[static_cast<std::size_t>(value)].id;
}

std::optional<scope> scope_named(std::string_view name) noexcept {
    for (const protocol::scope_info& known : protocol::known_scopes())
        if (known.id == name) return known.value;
    return std::nullopt;
}

}  // namespace hipchat
