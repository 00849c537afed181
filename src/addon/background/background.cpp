#include "hipchat/background.hpp"

#include <utility>

#include "addon/cores.hpp"
#include "addon/declaration.hpp"
#include "hipchat/addon.hpp"

namespace hipchat {

background::background(std::shared_ptr<const detail::background_core> core) noexcept
    : core_(std::move(core)) {
}

tenants background::tenants() const {
    return hipchat::tenants(core_->to);
}

tenants addon::tenants() const {
    if (declared_->running->to == nullptr)
        throw config_error("tenants(): the add-on does not run; ask from a handler");
    return hipchat::tenants(*declared_->running->to);
}

void addon::add_background(std::chrono::milliseconds interval,
                           detail::erased_handler<detail::background_core> handler) {
    declared_->background.push_back({interval, std::move(handler)});
}

}  // namespace hipchat
