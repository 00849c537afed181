#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "hipchat/json.hpp"
#include "host/core/clients.hpp"
#include "host/core/listeners.hpp"

namespace hipchat::host {

/// What an add-on pushed into a glance (addon-side.md 6.3).
struct pushed_glance {
    std::string oauth_id = {};
    std::int64_t room_id = 0;    ///< 0: wherever the client is
    std::int64_t person_id = 0;  ///< 0: for everybody
    std::string key = {};        ///< of the glance
    json::object content = {};   ///< label, status, metadata

    bool is_for(std::int64_t room, std::int64_t person) const noexcept {
        return (room_id == 0 || room_id == room) && (person_id == 0 || person_id == person);
    }
};

/// The newest push of each glance, for those who come later, and the news of it. Durable when put()
/// has ended. Loop thread only.
class glance_board {
public:
    using subscription = listeners<pushed_glance>::subscription;

    glance_board(database& store, connection& on);

    /// Does nothing if the client was revoked meanwhile.
    task<> put(std::vector<pushed_glance> pushed);

    /// What that person sees in that room of that client's glances, by their keys; the one that was
    /// meant most narrowly counts.
    std::map<std::string, json::object> seen_by(const client& of, std::int64_t room,
                                                std::int64_t person) const;

    [[nodiscard]] subscription subscribe(listeners<pushed_glance>::listener each) {
        return listeners_.subscribe(std::move(each));
    }

private:
    using place = std::tuple<std::int64_t, std::int64_t, std::string>;  ///< room, person, key

    database& store_;
    std::map<std::string, std::map<place, json::object>, std::less<>> of_client_;
    listeners<pushed_glance> listeners_;
};

}  // namespace hipchat::host
