#pragma once

#include <memory>
#include <span>
#include <string>

#include "storage/sqlite/statement.hpp"

namespace hipchat::storage::sqlite {

/// Opens a database for writing: creates the file if it is missing (mode 0600, also for its -wal
/// and -shm), makes it a WAL database and applies the migrations that it has not seen. Several
/// processes may do this at once: each migration is applied once. Throws storage_error saying what
/// to do.
std::unique_ptr<connection> open_migrated(const std::string& path,
                                          std::span<const char* const> migrations);

}  // namespace hipchat::storage::sqlite
