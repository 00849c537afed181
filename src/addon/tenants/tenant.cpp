#include "hipchat/tenant.hpp"

#include <utility>

#include "addon/handles.hpp"
#include "addon/tenant_origin.hpp"
#include "hipchat/data.hpp"

namespace hipchat {

tenant::tenant(const addons::access& to, std::shared_ptr<const storage::tenant> stored) noexcept
    : to_(&to), stored_(std::move(stored)) {
}

const std::string& tenant::oauth_id() const noexcept {
    return stored_->oauth_id;
}

std::optional<std::int64_t> tenant::group_id() const noexcept {
    return stored_->group_id;
}

const std::string& tenant::group_name() const noexcept {
    return stored_->group_name;
}

std::optional<std::int64_t> tenant::room_id() const noexcept {
    return stored_->room_id;
}

std::string tenant::host() const {
    return addons::tenant_origin(*stored_);
}

hipchat::room tenant::room(std::int64_t id) const {
    if (stored_->room_id && *stored_->room_id != id)
        throw config_error("room(" + std::to_string(id) + "): this installation is in room "
                           + std::to_string(*stored_->room_id)
                           + " and reaches no other; look for that room's own installation");
    return detail::room_of(*to_, stored_, id);
}

tenant_data tenant::data() const {
    return {*to_, stored_};
}

bool operator==(const tenant& a, const tenant& b) noexcept {
    return a.stored_->oauth_id == b.stored_->oauth_id && a.stored_->since == b.stored_->since;
}

}  // namespace hipchat
