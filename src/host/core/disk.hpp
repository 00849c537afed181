#pragma once

#include <string>
#include <string_view>

#include "protocol/sha256.hpp"

// Files that must be there after a power cut. All of it blocks: not for the loop thread. What goes
// wrong is a storage_error that names the file.

namespace hipchat::host {

/// Writes a new file (mode 0600), through to the disk; leaves none behind when it throws.
void write_file(const std::string& path, std::string_view bytes);

/// The same with the bytes of another file. Returns their digest.
protocol::sha256_digest copy_file(const std::string& from, const std::string& to);

/// The digest of a file.
protocol::sha256_digest digest_of(const std::string& path);

/// Brings a file, or the names in a folder, through to the disk.
void sync_path(const std::string& path);

}  // namespace hipchat::host
