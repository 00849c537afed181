#include "host/core/added_rows.hpp"

#include <utility>

#include "hipchat/errors.hpp"

namespace hipchat::host {
namespace {

bool is_active(connection& on, const std::string& oauth_id) {
    return on.query("SELECT 1 FROM clients WHERE oauth_id = ? AND state <> 'revoked'", oauth_id)
        .step();
}

}  // namespace

std::vector<hook> read_added_hooks(connection& on, const std::string& oauth_id) {
    std::vector<hook> read;
    statement rows = on.query(
        "SELECT id, room_id, key, name, event, url, pattern, is_signed, since, created FROM hooks "
        "WHERE oauth_id = ? AND position < 0 ORDER BY id",
        oauth_id);
    while (rows.step()) {
        hook each;
        each.is_added = true;
        each.id = rows.integer(0);
        each.room_id = rows.optional_integer(1);
        each.key = rows.text(2);
        each.name = rows.text(3);
        const auto event = protocol::event_named(rows.text(4));
        if (!event) throw protocol_error("event", "unknown event " + rows.text(4));
        each.event = *event;
        each.url = rows.text(5);
        if (const std::string pattern = rows.text(6); !pattern.empty())
            each.pattern = std::make_shared<const protocol::pattern>(pattern);
        each.is_signed = rows.integer(7) != 0;
        each.since = rows.integer(8);
        each.created = from_column(rows.integer(9));
        read.push_back(std::move(each));
    }
    return read;
}

std::int64_t put_added_hook(connection& on, const std::string& oauth_id, const hook& added) {
    if (!is_active(on, oauth_id)) return 0;
    if (!added.key.empty())
        on.run(
            "DELETE FROM hooks WHERE oauth_id = ? AND position < 0 AND key = ? "
            "AND ifnull(room_id, 0) = ?",
            oauth_id, added.key, added.room_id.value_or(0));
    on.run(
        "INSERT INTO hooks(oauth_id, position, room_id, key, name, event, url, pattern, is_signed, "
        "since, created) VALUES (?, -1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        oauth_id, added.room_id, added.key, added.name, protocol::to_string(added.event), added.url,
        added.pattern ? added.pattern->text() : std::string(), added.is_signed ? 1 : 0, added.since,
        to_column(added.created));
    return on.last_insert_id();
}

void drop_added_hook(connection& on, std::int64_t id) {
    on.run("DELETE FROM hooks WHERE id = ? AND position < 0", id);
    on.run("DELETE FROM deliveries WHERE hook_id = ?", id);
}

std::vector<added_module> read_added_modules(connection& on, const std::string& oauth_id) {
    std::vector<added_module> read;
    statement rows =
        on.query("SELECT room_id, kind, key, document FROM modules WHERE oauth_id = ?", oauth_id);
    while (rows.step())
        read.push_back(
            {rows.integer(0), rows.text(1), rows.text(2), json::parse(rows.text(3)).as_object()});
    return read;
}

bool put_added_module(connection& on, const std::string& oauth_id, const added_module& added) {
    if (!is_active(on, oauth_id)) return false;
    on.run(
        "INSERT OR REPLACE INTO modules(oauth_id, room_id, kind, key, document) "
        "VALUES (?, ?, ?, ?, ?)",
        oauth_id, added.room_id, added.kind, added.key, json::serialize(added.document));
    return true;
}

void drop_added_module(connection& on, const std::string& oauth_id, const added_module& gone) {
    on.run("DELETE FROM modules WHERE oauth_id = ? AND room_id = ? AND kind = ? AND key = ?",
           oauth_id, gone.room_id, gone.kind, gone.key);
}

}  // namespace hipchat::host
