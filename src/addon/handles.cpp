#include "addon/handles.hpp"

#include "addon/cores.hpp"
#include "addon/rest/client.hpp"
#include "hipchat/events.hpp"
#include "hipchat/room.hpp"

namespace hipchat {
namespace {

std::string text_of(const json::object& object, std::string_view member) {
    const json::value* value = object.if_contains(member);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

tenant detail::tenant_of(const addons::access& to, std::shared_ptr<const storage::tenant> stored) {
    return {to, std::move(stored)};
}

room detail::room_of(const addons::access& to, std::shared_ptr<const storage::tenant> stored,
                     std::int64_t id, std::string name) {
    return room(std::make_shared<const room_access>(
        room_access{to, std::move(stored), id, std::move(name)}));
}

room::room(std::shared_ptr<const detail::room_access> access) noexcept
    : access_(std::move(access)) {
}

std::int64_t room::id() const noexcept {
    return access_->id;
}

const std::string& room::name() const noexcept {
    return access_->name;
}

task<> room::send_notification(notification what) const {
    // The task owns all that it needs: this handle may be a temporary.
    return access_->to.rest.send_notification(access_->tenant, access_->id, std::move(what));
}

webhook_event::webhook_event(std::shared_ptr<const detail::event_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::room webhook_event::room() const {
    const protocol::event& event = core_->payload;
    return detail::room_of(core_->to, core_->tenant, event.room_id(),
                           std::string(event.room_name()));
}

hipchat::tenant webhook_event::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

const json::object& webhook_event::json() const noexcept {
    return core_->payload.payload();
}

person webhook_event::sender_of_event() const {
    if (const json::object* who = core_->payload.person()) {
        const json::value* id = who->if_contains("id");
        const auto number = id ? protocol::read_id(*id) : std::nullopt;
        return {number.value_or(0), text_of(*who, "name"), text_of(*who, "mention_name")};
    }
    // The reference allows a message whose `from` is a name (addon-side.md 5.4).
    const json::value* message = core_->payload.item().if_contains("message");
    if (message && message->is_object()) return {0, text_of(message->get_object(), "from"), ""};
    return {0, "", ""};
}

std::string room_message::text() const {
    return std::string(core().payload.message_text());
}

installed::installed(std::shared_ptr<const detail::lifecycle_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::tenant installed::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

std::optional<hipchat::room> installed::room() const {
    if (!core_->tenant->room_id) return std::nullopt;
    return detail::room_of(core_->to, core_->tenant, *core_->tenant->room_id);
}

uninstalled::uninstalled(std::shared_ptr<const detail::lifecycle_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::tenant uninstalled::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

}  // namespace hipchat
