#pragma once

#include <memory>

#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct lifecycle_core;
}

/// An installation was updated (addon-side.md 2.5): the administrator accepted a changed
/// descriptor, or the host sent the install again. It is verified and stored.
class updated final {
public:
    explicit updated(std::shared_ptr<const detail::lifecycle_core> core) noexcept;

    /// The installation as it is now. Its data are those from before.
    hipchat::tenant tenant() const;

private:
    std::shared_ptr<const detail::lifecycle_core> core_;
};

}  // namespace hipchat
