#include "host/core/old_rows.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/json.hpp"
#include "host/core/dates.hpp"
#include "host/core/deliveries.hpp"
#include "host/core/file_rows.hpp"

namespace hipchat::host {
namespace {

// Rows of the columns seq, content.
using old_rows = std::vector<std::pair<std::int64_t, std::string>>;

old_rows read_all(statement rows) {
    old_rows read;
    while (rows.step())
        read.emplace_back(rows.integer(0), rows.text(1));
    return read;
}

void drop_shared(connection& on, const std::string& content) {
    const json::value said = json::parse(content);
    const json::value* const file = said.as_object().if_contains("file");
    if (file == nullptr || !file->is_object()) return;
    const json::value* const url = file->get_object().if_contains("url");
    if (url != nullptr && url->is_string()) drop_file(on, file_id_in(url->get_string()));
}

}  // namespace

std::size_t remove_old_changes(connection& on, wall_time before, std::size_t most) {
    const old_rows old = read_all(
        on.query("SELECT seq, content FROM changes WHERE at < ? AND seq <= ? ORDER BY at LIMIT ?",
                 write_date(before), planned_until(on), most));
    for (const auto& [seq, content] : old) {
        drop_shared(on, content);
        on.run("DELETE FROM search WHERE rowid = ?", seq);
        on.run("DELETE FROM changes WHERE seq = ?", seq);
    }
    return old.size();
}

std::size_t remove_old_private_messages(connection& on, wall_time before, std::size_t most) {
    const old_rows old = read_all(
        on.query("SELECT seq, content FROM private_messages WHERE at < ? ORDER BY at LIMIT ?",
                 write_date(before), most));
    for (const auto& [seq, content] : old) {
        drop_shared(on, content);
        on.run("DELETE FROM private_messages WHERE seq = ?", seq);
    }
    return old.size();
}

std::size_t drop_old_files(connection& on, wall_time before, std::size_t most) {
    // A picture's path is "/files/" and the id, of 32 characters.
    return static_cast<std::size_t>(
        on.run("UPDATE files SET is_dropped = 1 WHERE id IN (SELECT id FROM files "
               "WHERE is_dropped = 0 AND created < ? AND id NOT IN ("
               "SELECT substr(photo, 8, 32) FROM people WHERE photo <> '' "
               "UNION SELECT substr(avatar, 8, 32) FROM rooms WHERE avatar <> '') "
               "ORDER BY created LIMIT ?)",
               to_column(before), most));
}

}  // namespace hipchat::host
