#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "addon/dispatch.hpp"

// Files that anybody may have. They are held in memory, so that a request touches no disk and no
// path of a request ever becomes one of the machine's.

namespace hipchat::addons {

/// Bytes and what is said about them. Views into it are sent: it must outlive the service.
struct file {
    std::string_view content_type;
    std::string etag;                    ///< quoted
    std::chrono::seconds changed_at{0};  ///< since 1970; 0: not known
    std::string bytes;
};

/// The file, or 304 if the request shows that its sender has it already.
reply send_file(const file& what, const inbound& request);

/// By the ending of a name; application/octet-stream for what is not known.
std::string_view content_type_of(std::string_view name);

/// A file that is part of the program.
file embedded_file(std::string_view name, std::string_view bytes);

/// The regular files of a folder and of those below it, by their paths relative to it. Left out are
/// hidden ones, and links that lead out of the folder.
using files = std::map<std::string, file, std::less<>>;

/// Reads them now. Throws config_error naming the folder, or the file that cannot be read, and when
/// they are more than `most_bytes` together.
files read_folder(const std::string& folder, std::size_t most_bytes);

/// The text of one file; empty if it cannot be read or is no regular one.
std::optional<std::string> read_file(const std::string& path);

}  // namespace hipchat::addons
