#pragma once

#include <map>
#include <string>

namespace hipchat::host {

/// What a backup consists of: SHA-256 in hexadecimal by the name of the file in it. On the disk as
/// sha256sum reads it, a line each:
///
///     DIGEST  host.db
///     DIGEST  files/ID
using sums = std::map<std::string, std::string>;

inline constexpr const char* sums_name = "SHA256SUMS";
inline constexpr const char* database_name = "host.db";
inline constexpr const char* files_name = "files/";

std::string write_sums(const sums& all);

/// Throws config_error for what write_sums() cannot have written: a name that leads elsewhere, a
/// file twice, no database.
sums read_sums(const std::string& text);

}  // namespace hipchat::host
