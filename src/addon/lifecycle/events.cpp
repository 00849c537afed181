#include "hipchat/events.hpp"
#include "addon/cores.hpp"
#include "addon/handles.hpp"
#include "hipchat/lifecycle.hpp"

// What the author's handlers see of an installation's life.

namespace hipchat {

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

const std::string& installed::relay_state() const noexcept {
    return core_->relay_state;
}

updated::updated(std::shared_ptr<const detail::lifecycle_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::tenant updated::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

uninstalled::uninstalled(std::shared_ptr<const detail::lifecycle_core> core) noexcept
    : core_(std::move(core)) {
}

hipchat::tenant uninstalled::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

}  // namespace hipchat
