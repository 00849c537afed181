#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hipchat/log.hpp"
#include "hipchat/room.hpp"
#include "hipchat/tenant.hpp"

namespace hipchat {

namespace detail {
struct query_core;
}

/// A client asks what a glance shows (addon-side.md 6.1), for one person in one room. A handler
/// gets a reference that is valid until its task ends; what it returns by value may be kept.
class glance_query final {
public:
    explicit glance_query(std::shared_ptr<const detail::query_core> core) noexcept;

    /// The installation that the glance belongs to; verified.
    hipchat::tenant tenant() const;
    /// Where it is shown; empty if the host did not say. Its name is not known here.
    std::optional<hipchat::room> room() const;
    /// Id of the person who looks; empty for guests.
    const std::string& user_id() const noexcept;
    hipchat::log log() const noexcept;

private:
    std::shared_ptr<const detail::query_core> core_;
};

}  // namespace hipchat
