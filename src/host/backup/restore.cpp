#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "hipchat/errors.hpp"
#include "host/backup/backup.hpp"
#include "host/backup/sums.hpp"
#include "host/core/disk.hpp"
#include "host/core/tables.hpp"
#include "host/data_folder.hpp"
#include "storage/sqlite/copy.hpp"

namespace hipchat::host {
namespace {

namespace fs = std::filesystem;

constexpr const char* lock_name = "host.lock";

void require_empty(const std::string& folder) {
    std::error_code missing;
    for (const fs::directory_entry& each : fs::directory_iterator(folder, missing))
        if (each.path().filename() != lock_name)
            throw config_error("the folder " + folder
                               + " is not empty; name another one with --data, or move away what "
                                 "is in it");
}

// A data folder that is kept from every host until it is whole; what is in it is removed otherwise.
class restored_folder {
public:
    explicit restored_folder(const std::string& path) : path_(path), held_(locked(path)) {
        require_empty(path);
        fs::create_directory(held_.files_path());
        fs::permissions(held_.files_path(), fs::perms::owner_all);
    }
    restored_folder(const restored_folder&) = delete;
    restored_folder& operator=(const restored_folder&) = delete;
    ~restored_folder() {
        if (is_whole_) return;
        std::error_code ignored;
        fs::remove_all(held_.files_path(), ignored);
        fs::remove(unfinished(), ignored);
    }

    /// Where a file of the backup goes.
    std::string place_of(const std::string& name) const {
        return name == database_name ? unfinished() : path_ + "/" + name;
    }
    void finish() {
        sync_path(held_.files_path());
        fs::rename(unfinished(), held_.database_path());
        sync_path(path_);
        is_whole_ = true;
    }

private:
    static std::string locked(const std::string& path) {
        // Nothing is left in a folder that is somebody else's.
        if (!fs::exists(path + "/" + lock_name)) require_empty(path);
        return path;
    }
    std::string unfinished() const { return held_.database_path() + ".partial"; }

    std::string path_;
    data_folder held_;
    bool is_whole_ = false;
};

void require_sound(const std::string& path) {
    connection on(path, storage::sqlite::access::read_only);
    if (std::cmp_greater(storage::sqlite::schema_of(on), migrations().size()))
        throw config_error("the backup is of a newer version; restore it with that version");
    const std::string flaw = storage::sqlite::flaw_of(on);
    if (!flaw.empty())
        throw config_error("the database in the backup is damaged (" + flaw
                           + "); restore another backup");
}

sums sums_in(const std::string& folder) {
    std::ifstream from(folder + "/" + sums_name, std::ios::binary);
    if (!from)
        throw config_error(folder + " is no backup: it has no " + sums_name
                           + "; name a folder that hipchat-connect backup has written");
    return read_sums({std::istreambuf_iterator<char>(from), {}});
}

}  // namespace

backup_report restore_backup(const std::string& from, const std::string& data_folder) {
    const sums all = sums_in(from);
    restored_folder made(data_folder);
    backup_report report;
    for (const auto& [name, expected] : all) {
        const std::string found =
            protocol::hexadecimal(copy_file(from + "/" + name, made.place_of(name)));
        if (found != expected)
            throw config_error(name + " in the backup is damaged; restore another backup");
        if (name != database_name) ++report.files;
    }
    require_sound(made.place_of(database_name));
    made.finish();
    return report;
}

}  // namespace hipchat::host
