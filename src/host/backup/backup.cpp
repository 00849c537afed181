#include "host/backup/backup.hpp"

#include <filesystem>
#include <system_error>

#include "base/random.hpp"
#include "hipchat/errors.hpp"
#include "host/backup/sums.hpp"
#include "host/core/disk.hpp"
#include "host/core/file_rows.hpp"
#include "storage/sqlite/copy.hpp"

namespace hipchat::host {
namespace {

namespace fs = std::filesystem;

using storage::sqlite::access;

// A folder that is removed unless it gets its name.
class unnamed_folder {
public:
    explicit unnamed_folder(const std::string& name)
        : name_(name), path_(name + ".partial-" + random_alphanumeric(8)) {
        std::error_code flaw;
        if (fs::create_directory(path_, flaw)) fs::permissions(path_, fs::perms::owner_all, flaw);
        if (flaw)
            throw config_error("no backup can be written beside " + name + " (" + flaw.message()
                               + "); name a place in a folder that exists and may be written");
    }
    unnamed_folder(const unnamed_folder&) = delete;
    unnamed_folder& operator=(const unnamed_folder&) = delete;
    ~unnamed_folder() {
        std::error_code ignored;
        if (!is_named_) fs::remove_all(path_, ignored);
    }

    const std::string& path() const noexcept { return path_; }

    void give_name() {
        std::error_code flaw;
        fs::rename(path_, name_, flaw);
        if (flaw)
            throw config_error("the backup cannot be called " + name_ + " (" + flaw.message()
                               + "); name one that does not exist");
        is_named_ = true;
        sync_path(fs::absolute(name_).parent_path());
    }

private:
    std::string name_;
    std::string path_;
    bool is_named_ = false;
};

void copy_database(const std::string& from, const std::string& to) {
    connection on(from, access::read_write);
    storage::sqlite::copy_into(on, to);
    std::error_code flaw;
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, flaw);
    if (flaw) throw storage::storage_error(to + " cannot be kept from others: " + flaw.message());
}

std::vector<std::string> files_in(connection& on) {
    std::vector<std::string> ids;
    statement rows = on.query("SELECT id FROM files WHERE is_dropped = 0");
    while (rows.step())
        ids.push_back(rows.text(0));
    return ids;
}

// Copies what the copied database names. What has gone since, its row goes too.
class copied_files {
public:
    copied_files(std::string from, std::string to) : from_(std::move(from)), to_(std::move(to)) {}

    void copy(sums& all, backup_report& report) const {
        fs::create_directory(to_ + "/files");
        connection copied(to_ + "/" + database_name, access::read_write);
        copied.exec("BEGIN");
        for (const std::string& id : files_in(copied)) {
            const std::string name = files_name + id;
            if (fs::exists(from_ + "/" + name)) {
                all[name] = protocol::hexadecimal(copy_file(from_ + "/" + name, to_ + "/" + name));
                ++report.files;
            } else {
                if (is_known(id)) report.lost.push_back(id);
                forget_file(copied, id);
            }
        }
        copied.exec("COMMIT");
    }

private:
    // Whether the host still has it, by its own account.
    bool is_known(const std::string& id) const {
        connection now(from_ + "/" + database_name, access::read_only);
        return find_file(now, id).has_value();
    }

    std::string from_;
    std::string to_;
};

}  // namespace

backup_report take_backup(const std::string& data_folder, const std::string& to) {
    const std::string database = data_folder + "/" + database_name;
    if (!fs::exists(database))
        throw config_error(data_folder
                           + " is no data folder of a host; name the one of its --data");
    if (fs::exists(to)) throw config_error(to + " is there already; name one that does not exist");
    unnamed_folder made(to);
    const std::string copy = made.path() + "/" + database_name;
    copy_database(database, copy);
    sums all;
    backup_report report;
    copied_files(data_folder, made.path()).copy(all, report);
    sync_path(copy);
    all[database_name] = protocol::hexadecimal(digest_of(copy));
    write_file(made.path() + "/" + sums_name, write_sums(all));
    sync_path(made.path() + "/files");
    sync_path(made.path());
    made.give_name();
    return report;
}

}  // namespace hipchat::host
