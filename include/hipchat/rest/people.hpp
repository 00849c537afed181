#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What answers of several resources hold (host-side.md 5). A text is empty, and a flag false, where
// the host did not say.

namespace hipchat::rest {

/// What every answer has beside its typed members.
struct resource {
    /// The object as the host sent it, with what has no member here and what an expansion brought;
    /// never null in an answer. Include <hipchat/json.hpp> to look into it.
    std::shared_ptr<const boost::json::object> json = {};
};

/// What creating something is answered with.
struct created : resource {
    std::int64_t id = 0;
    std::string self = {};  ///< its URL
};

struct user_summary : resource {
    std::int64_t id = 0;
    std::string name = {};
    std::string mention_name = {};  ///< without the '@'
    std::string version = {};       ///< changes with the user's data
};

/// A member of a room, or someone who is in it.
struct participant : user_summary {
    std::vector<std::string> room_roles = {};  ///< "room_member", "room_admin"
};

struct room_summary : resource {
    std::int64_t id = 0;
    std::string name = {};
    std::string privacy = {};  ///< "public" or "private"
    bool is_archived = false;
    std::string version = {};  ///< changes with the room's data
};

}  // namespace hipchat::rest
