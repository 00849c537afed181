#include "host/core/changes.hpp"

#include <algorithm>
#include <utility>

#include "host/core/search_rows.hpp"

namespace hipchat::host {
namespace {

change complete(std::int64_t seq, std::int64_t room_id, std::string actor,
                const json::object& stored) {
    change made{seq, room_id, std::move(actor), {{"seq", seq}, {"room_id", room_id}}};
    for (const auto& [name, value] : stored)
        made.content.emplace(name, value);
    return made;
}

// Columns: seq, room_id, actor, content.
change read_change(const statement& row) {
    return complete(row.integer(0), row.integer(1), row.text(2),
                    json::parse(row.text(3)).as_object());
}

}  // namespace

std::vector<change_ptr> read_changes(statement rows) {
    std::vector<change_ptr> read;
    while (rows.step())
        read.push_back(std::make_shared<const change>(read_change(rows)));
    return read;
}

std::int64_t active_in(const json::object& content) {
    const json::value& kind = content.at("kind");
    if (kind != "enter" && kind != "exit" && kind != "message") return 0;
    const json::value* const who = content.if_contains("person");
    if (who == nullptr || !who->is_object()) return 0;
    return who->get_object().at("id").to_number<std::int64_t>();
}

appended append_change(connection& on, change_draft draft) {
    if (draft.from.external_id) {
        statement found = on.query(
            "SELECT seq, room_id, actor, content FROM changes "
            "WHERE network = ? AND external_id = ?",
            draft.from.network, *draft.from.external_id);
        if (found.step()) return {read_change(found), true};
    }
    const json::value& kind = draft.content.at("kind");
    if (const std::int64_t who = active_in(draft.content); who != 0)
        on.run("UPDATE people SET last_active = ? WHERE id = ?",
               std::string_view(draft.content.at("at").as_string()), who);
    on.run(
        "INSERT INTO changes(room_id, network, external_id, actor, content, id, at, is_message) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        draft.room_id, draft.from.network, draft.from.external_id, draft.actor,
        json::serialize(draft.content), std::string_view(draft.content.at("id").as_string()),
        std::string_view(draft.content.at("at").as_string()),
        kind == "message" || kind == "notification" ? 1 : 0);
    const std::int64_t seq = on.last_insert_id();
    index_message(on, seq, draft.content);
    return {complete(seq, draft.room_id, std::move(draft.actor), draft.content), false};
}

std::vector<change_ptr> changes_after(connection& on, std::optional<std::int64_t> room,
                                      std::int64_t seq, std::int64_t limit) {
    if (room) {
        return read_changes(
            on.query("SELECT seq, room_id, actor, content FROM changes "
                     "WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                     *room, seq, limit));
    }
    return read_changes(
        on.query("SELECT seq, room_id, actor, content FROM changes "
                 "WHERE seq > ? ORDER BY seq LIMIT ?",
                 seq, limit));
}

std::vector<change_ptr> last_changes(connection& on, std::int64_t room, std::int64_t count,
                                     std::int64_t before) {
    std::vector<change_ptr> read =
        read_changes(on.query("SELECT seq, room_id, actor, content FROM changes "
                              "WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                              room, before, count));
    std::ranges::reverse(read);
    return read;
}

std::int64_t newest_change(connection& on) {
    statement found = on.query("SELECT max(seq) FROM changes");
    return found.step() ? found.integer(0) : 0;
}

std::int64_t read_cursor(connection& on, std::string_view name) {
    statement found = on.query("SELECT seq FROM cursors WHERE name = ?", name);
    return found.step() ? found.integer(0) : 0;
}

void write_cursor(connection& on, std::string_view name, std::int64_t seq) {
    on.run("INSERT OR REPLACE INTO cursors(name, seq) VALUES (?, ?)", name, seq);
}

}  // namespace hipchat::host
