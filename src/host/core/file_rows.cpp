#include "host/core/file_rows.hpp"

#include <algorithm>

#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

constexpr std::string_view folder = "/files/";

}  // namespace

std::string kept_file::path() const {
    return std::string(folder) + id + '/' + protocol::percent_encode(name);
}

std::string file_id_in(std::string_view url) {
    const std::size_t at = url.find(folder);
    if (at == std::string_view::npos) return {};
    url.remove_prefix(at + folder.size());
    return std::string(url.substr(0, url.find('/')));
}

void insert_file(connection& on, const kept_file& made, wall_time now) {
    on.run("INSERT INTO files(id, name, content_type, size, created) VALUES (?, ?, ?, ?, ?)",
           made.id, made.name, made.content_type, made.size, to_column(now));
}

std::optional<kept_file> find_file(connection& on, const std::string& id) {
    statement found =
        on.query("SELECT name, content_type, size FROM files WHERE id = ? AND is_dropped = 0", id);
    if (!found.step()) return std::nullopt;
    return kept_file{id, found.text(0), found.text(1), found.integer(2)};
}

void drop_file(connection& on, const std::string& id) {
    on.run("UPDATE files SET is_dropped = 1 WHERE id = ?", id);
}

std::vector<std::string> dropped_files(connection& on) {
    std::vector<std::string> ids;
    statement rows = on.query("SELECT id FROM files WHERE is_dropped = 1");
    while (rows.step())
        ids.push_back(rows.text(0));
    return ids;
}

void forget_file(connection& on, const std::string& id) {
    on.run("DELETE FROM files WHERE id = ?", id);
}

}  // namespace hipchat::host
