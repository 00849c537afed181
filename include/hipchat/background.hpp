#pragma once

#include <memory>

#include "hipchat/tenants.hpp"

namespace hipchat {

namespace detail {
struct background_core;
}

/// What the handlers of addon::on_start and addon::every get. Valid until the handler's task ends.
class background final {
public:
    explicit background(std::shared_ptr<const detail::background_core> core) noexcept;

    /// The installations to work for.
    hipchat::tenants tenants() const;

private:
    std::shared_ptr<const detail::background_core> core_;
};

}  // namespace hipchat
