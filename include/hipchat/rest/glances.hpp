#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hipchat/glance.hpp"
#include "hipchat/rest/client.hpp"

namespace hipchat::rest {

/// New contents for glances of this add-on, by the keys of their modules.
class glance_updates {
public:
    glance_updates(std::string key, glance content) { add(std::move(key), std::move(content)); }

    glance_updates& add(std::string key, glance content) & {
        all_.emplace_back(std::move(key), std::move(content));
        return *this;
    }
    glance_updates&& add(std::string key, glance content) && {
        return std::move(add(std::move(key), std::move(content)));
    }

    const std::vector<std::pair<std::string, glance>>& all() const noexcept { return all_; }

private:
    std::vector<std::pair<std::string, glance>> all_;
};

/// Pushes glances (addon-side.md 6.3): clients show them at once, and open pages of the add-on get
/// the event glance-update. Limits are those of hipchat::glance.
class glances {
public:
    explicit glances(client host) : host_(std::move(host)) {}

    /// To the whole group. Scope: view_group.
    task<> push_to_group(glance_updates what) const;
    /// To one room. Scope: view_room.
    task<> push_to_room(room_ref where, glance_updates what) const;
    /// To one user, wherever they are. Scope: view_group.
    task<> push_to_user(user_ref who, glance_updates what) const;
    /// To one user in one room. Scope: view_room.
    task<> push_to_user_in_room(room_ref where, user_ref who, glance_updates what) const;

private:
    client host_;
};

}  // namespace hipchat::rest
