#include "addon/handles.hpp"

#include "addon/cores.hpp"
#include "addon/rest/client.hpp"
#include "hipchat/events.hpp"
#include "hipchat/room.hpp"

namespace hipchat {

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

const room_facts& room::facts() const noexcept {
    return access_->facts;
}

task<> room::send_notification(notification what) const {
    // The task owns all that it needs: this handle may be a temporary.
    return access_->to.rest.send_notification(access_->tenant, access_->id, std::move(what));
}

}  // namespace hipchat
