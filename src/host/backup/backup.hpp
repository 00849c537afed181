#pragma once

#include <cstddef>
#include <string>
#include <vector>

// A backup is a folder: host.db, the shared files and pictures, and SHA256SUMS, which is written
// last. It holds the secrets of add-ons, as the data folder does. Everything here blocks: not for
// the loop thread. What goes wrong is a config_error or storage_error saying what to do.

namespace hipchat::host {

struct backup_report {
    std::size_t files = 0;               ///< shared files and pictures in the backup
    std::vector<std::string> lost = {};  ///< ids of files that the host knows and has not got
};

/// Copies one state of a host's data, while the host runs or not. The backup appears under its name
/// when it is whole and on the disk, or not at all. What was said before the call is in it; a file
/// that is deleted meanwhile may not be.
/// @param to does not exist yet; its parent does
backup_report take_backup(const std::string& data_folder, const std::string& to);

/// Makes a data folder of a backup. Every byte is compared with SHA256SUMS and the database is
/// checked before it gets its name; whatever was written is removed again when something is wrong.
/// @param data_folder is missing or empty, and no host uses it
backup_report restore_backup(const std::string& from, const std::string& data_folder);

}  // namespace hipchat::host
