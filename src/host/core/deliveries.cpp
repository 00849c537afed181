#include "host/core/deliveries.hpp"

#include <utility>

namespace hipchat::host {
namespace {

constexpr std::string_view cursor_name = "deliveries";

}  // namespace

std::vector<delivery> store_plan(connection& on, std::vector<delivery> due, std::int64_t cursor) {
    std::vector<delivery> stored;
    for (delivery& each : due) {
        const std::int64_t inserted = on.run(
            "INSERT OR IGNORE INTO deliveries(seq, room_id, oauth_id, hook_id, jti, user_id, body) "
            "SELECT ?, ?, oauth_id, ?, ?, ?, ? FROM clients "
            "WHERE oauth_id = ? AND state = 'installed'",
            each.seq, each.room_id, each.hook_id, each.jti, each.user_id, each.body, each.oauth_id);
        if (inserted == 0) continue;
        each.id = on.last_insert_id();
        stored.push_back(std::move(each));
    }
    write_cursor(on, cursor_name, cursor);
    return stored;
}

std::int64_t planned_until(connection& on) {
    return read_cursor(on, cursor_name);
}

std::vector<delivery> read_deliveries(connection& on) {
    std::vector<delivery> due;
    statement rows = on.query(
        "SELECT id, seq, room_id, oauth_id, hook_id, jti, user_id, body FROM deliveries "
        "ORDER BY id");
    while (rows.step()) {
        delivery each;
        each.id = rows.integer(0);
        each.seq = rows.integer(1);
        each.room_id = rows.integer(2);
        each.oauth_id = rows.text(3);
        each.hook_id = rows.integer(4);
        each.jti = rows.text(5);
        each.user_id = rows.text(6);
        each.body = rows.text(7);
        due.push_back(std::move(each));
    }
    return due;
}

void remove_delivery(connection& on, std::int64_t id) {
    on.run("DELETE FROM deliveries WHERE id = ?", id);
}

}  // namespace hipchat::host
