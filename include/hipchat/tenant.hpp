#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hipchat {

/// One installation of an add-on, as its author sees it: in one room, or in a whole group. There is
/// one for every installation: the same add-on in three rooms has three (addon-side.md 2.1).
struct tenant {
    std::string oauth_id = {};
    std::optional<std::int64_t> group_id = {};
    std::string group_name = {};
    std::optional<std::int64_t> room_id = {};  ///< absent: installed for the whole group
};

}  // namespace hipchat
