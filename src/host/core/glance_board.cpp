#include "host/core/glance_board.hpp"

#include <utility>

namespace hipchat::host {

glance_board::glance_board(database& store, connection& on) : store_(store) {
    statement rows = on.query("SELECT oauth_id, room_id, person_id, key, content FROM glances");
    while (rows.step())
        of_client_[rows.text(0)].emplace(place(rows.integer(1), rows.integer(2), rows.text(3)),
                                         json::parse(rows.text(4)).as_object());
}

task<> glance_board::put(std::vector<pushed_glance> pushed) {
    const auto write = [pushed](connection& on) {
        for (const pushed_glance& each : pushed)
            on.run(
                "INSERT OR REPLACE INTO glances(oauth_id, room_id, person_id, key, content) "
                "SELECT oauth_id, ?, ?, ?, ? FROM clients WHERE oauth_id = ? "
                "AND state <> 'revoked'",
                each.room_id, each.person_id, each.key, json::serialize(each.content),
                each.oauth_id);
    };
    task<> writing = store_.write(write);
    co_await writing;
    for (const pushed_glance& each : pushed) {
        of_client_[each.oauth_id].insert_or_assign(place(each.room_id, each.person_id, each.key),
                                                   each.content);
        listeners_.tell(each);
    }
}

std::map<std::string, json::object> glance_board::seen_by(const client& of, std::int64_t room,
                                                          std::int64_t person) const {
    std::map<std::string, json::object> seen;
    const auto found = of_client_.find(of.oauth_id);
    if (found == of_client_.end()) return seen;
    // Wider ones come first in the order of places: 0 is the least id.
    for (const auto& [where, content] : found->second) {
        const auto& [room_id, person_id, key] = where;
        const pushed_glance each{of.oauth_id, room_id, person_id, key, {}};
        if (each.is_for(room, person)) seen.insert_or_assign(key, content);
    }
    return seen;
}

}  // namespace hipchat::host
