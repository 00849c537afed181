#include "storage/sqlite/copy.hpp"

namespace hipchat::storage::sqlite {

void copy_into(connection& on, const std::string& path) {
    on.run("VACUUM INTO ?", path);
}

std::string flaw_of(connection& on) {
    statement whole = on.query("PRAGMA integrity_check(1)");
    if (whole.step() && whole.text(0) != "ok") return whole.text(0);
    statement references = on.query("PRAGMA foreign_key_check");
    if (references.step()) return "a row of " + references.text(0) + " refers to nothing";
    return {};
}

std::int64_t schema_of(connection& on) {
    statement answer = on.query("PRAGMA user_version");
    return answer.step() ? answer.integer(0) : 0;
}

}  // namespace hipchat::storage::sqlite
