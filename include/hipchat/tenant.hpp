#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hipchat/glance.hpp"
#include "hipchat/room.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

namespace addons {
struct access;
}
namespace storage {
struct tenant;
}
namespace rest {
class client;
}
class tenant_data;
class user_tokens;

/// One installation of an add-on, as its author sees it: in one room, or in a whole group. There is
/// one for every installation: the same add-on in three rooms has three (addon-side.md 2.1).
///
/// A handle comes from a verified request or from a lookup (hipchat/tenants.hpp), never from an id
/// that somebody supplied. A value; cheap to copy, and usable for as long as the add-on runs. It
/// shows the installation as it was when the handle was made. Loop thread only.
class tenant {
public:
    const std::string& oauth_id() const noexcept;
    /// Empty if the host did not say. Ids of groups, rooms and people are their host's: two hosts
    /// may use the same.
    std::optional<std::int64_t> group_id() const noexcept;
    /// May be empty.
    const std::string& group_name() const noexcept;
    /// Empty: installed for the whole group.
    std::optional<std::int64_t> room_id() const noexcept;
    /// Origin of the host that it belongs to, for example "https://www.hipchat.com".
    std::string host() const;

    /// A room to act in; nothing is asked of the host, so the room's name is empty. Throws
    /// config_error if this is an installation in another room: its tokens reach that one only.
    hipchat::room room(std::int64_t id) const;

    /// What the add-on keeps for this installation; include <hipchat/data.hpp>.
    tenant_data data() const;

    /// The host's REST API with the rights of this installation; include what is needed of
    /// <hipchat/rest/…>.
    hipchat::rest::client rest() const;

    /// The users who let the add-on act for them; include <hipchat/user_tokens.hpp>.
    user_tokens users() const;

    /// Shows `content` in the glance of that key to all whom this installation is for: the group,
    /// or its one room. Scope: view_group, or view_room in a room install. For others, and for
    /// several glances at once, see <hipchat/rest/glances.hpp>. Errors: those of a call, and
    /// config_error naming the field when a limit of the glance is exceeded.
    task<> push_glance(std::string key, glance content) const;

    /// For the library.
    tenant(const addons::access& to, std::shared_ptr<const storage::tenant> stored) noexcept;

    /// Whether both are the same installation.
    friend bool operator==(const tenant& a, const tenant& b) noexcept;

private:
    const addons::access* to_;
    std::shared_ptr<const storage::tenant> stored_;
};

}  // namespace hipchat
