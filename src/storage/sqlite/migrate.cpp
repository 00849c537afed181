#include "storage/sqlite/migrate.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <thread>
#include <utility>

namespace hipchat::storage::sqlite {
namespace {

// SQLite gives -wal and -shm the mode of the file. The file is made by mknod because that opens
// nothing: closing a descriptor of one's own would drop the locks that another connection of this
// process holds on the same file.
void create_private(const std::string& path) {
    if (::mknod(path.c_str(), S_IFREG | S_IRUSR | S_IWUSR, 0) == 0 || errno == EEXIST) return;
    const std::error_code reason(errno, std::generic_category());
    throw storage_error("cannot create the database " + path + ": " + reason.message()
                        + "; name a file in a folder that exists and may be written by this user");
}

std::string journal_mode(connection& on, std::string_view pragma) {
    statement answer = on.prepare(pragma);
    return answer.step() ? answer.text(0) : std::string();
}

// Changing to WAL needs the file for itself, and SQLite does not wait for that on its own when
// another process is doing the same.
void use_wal(connection& on, const std::string& path) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (true) {
        try {
            if (journal_mode(on, "PRAGMA journal_mode") == "wal") return;
            if (journal_mode(on, "PRAGMA journal_mode = WAL") == "wal") return;
            throw storage_error("the database " + path
                                + " cannot use a write-ahead log there; put it on a local disk");
        } catch (const busy_error&) {
            if (std::chrono::steady_clock::now() > deadline) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::int64_t version_of(connection& on, std::size_t known, const std::string& path) {
    statement answer = on.prepare("PRAGMA user_version");
    answer.step();
    const std::int64_t version = answer.integer(0);
    if (version < 0 || std::cmp_greater(version, known))
        throw storage_error(
            "the database " + path + " was written by a newer version (its schema is "
            + std::to_string(version) + ", this program knows " + std::to_string(known)
            + "); start that version, or name another file");
    return version;
}

// Applies the next migration, if there is one still; false if there is none.
bool step_forward(connection& on, std::span<const char* const> migrations,
                  const std::string& path) {
    on.run("BEGIN IMMEDIATE");
    try {
        const std::int64_t version = version_of(on, migrations.size(), path);
        const bool behind = std::cmp_less(version, migrations.size());
        if (behind) {
            on.exec(migrations[static_cast<std::size_t>(version)]);
            on.exec("PRAGMA user_version = " + std::to_string(version + 1));
        }
        on.run("COMMIT");
        return behind;
    } catch (...) {
        if (on.in_transaction()) on.run("ROLLBACK");
        throw;
    }
}

}  // namespace

std::unique_ptr<connection> open_migrated(const std::string& path,
                                          std::span<const char* const> migrations) {
    create_private(path);
    auto on = std::make_unique<connection>(path, access::read_write);
    use_wal(*on, path);
    // Usually there is nothing to do, and then nothing is locked either.
    if (std::cmp_less(version_of(*on, migrations.size(), path), migrations.size()))
        while (step_forward(*on, migrations, path)) {
        }
    return on;
}

}  // namespace hipchat::storage::sqlite
