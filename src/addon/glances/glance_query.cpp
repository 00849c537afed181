#include "hipchat/glance_query.hpp"

#include "addon/cores.hpp"
#include "addon/handles.hpp"

namespace hipchat {

glance_query::glance_query(std::shared_ptr<const detail::query_core> core) noexcept
    : core_(std::move(core)) {
}

tenant glance_query::tenant() const {
    return detail::tenant_of(core_->to, core_->tenant);
}

std::optional<room> glance_query::room() const {
    if (!core_->room_id) return std::nullopt;
    return detail::room_of(core_->to, core_->tenant, *core_->room_id);
}

const std::string& glance_query::user_id() const noexcept {
    return core_->user_id;
}

}  // namespace hipchat
