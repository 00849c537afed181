#pragma once

#include <string>

#include "storage/sqlite/statement.hpp"

namespace hipchat::storage::sqlite {

/// Writes one state of an open file into a new one, without a write-ahead log, while others go on
/// reading and writing. Takes as long as reading the file does. Throws storage_error.
/// @param path does not exist yet
void copy_into(connection& on, const std::string& path);

/// What is wrong with the file; empty if it is sound and every reference in it leads somewhere.
std::string flaw_of(connection& on);

/// The number of migrations that the file has seen (user_version).
std::int64_t schema_of(connection& on);

}  // namespace hipchat::storage::sqlite
