#include "host/import/rows.hpp"

namespace hipchat::host {

std::optional<std::int64_t> find_imported(connection& on, const imported_key& theirs) {
    statement found =
        on.query("SELECT our_id FROM imported WHERE source = ? AND kind = ? AND their_id = ?",
                 theirs.source, theirs.kind, theirs.id);
    if (!found.step()) return std::nullopt;
    return found.integer(0);
}

void remember_imported(connection& on, const imported_key& theirs, std::int64_t ours) {
    on.run("INSERT INTO imported(source, kind, their_id, our_id) VALUES (?, ?, ?, ?)",
           theirs.source, theirs.kind, theirs.id, ours);
}

}  // namespace hipchat::host
