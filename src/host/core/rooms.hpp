#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "host/core/tables.hpp"
#include "host/core/values.hpp"

namespace hipchat::host {

using room_ptr = std::shared_ptr<const room>;

/// The rooms, all of them in memory. Loop thread only.
class rooms {
public:
    explicit rooms(connection& on);

    /// By id, or by name whatever the case of its (ASCII) letters; null if there is none. Text of
    /// digits only is an id.
    room_ptr find(std::string_view id_or_name) const;
    room_ptr find(std::int64_t id) const;

    /// By id.
    const std::map<std::int64_t, room_ptr>& all() const noexcept { return by_id_; }

    std::int64_t group_id() const noexcept { return 1; }
    const std::string& group_name() const noexcept { return group_name_; }

private:
    std::map<std::int64_t, room_ptr> by_id_;
    std::string group_name_;
};

}  // namespace hipchat::host
