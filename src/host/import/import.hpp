#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "host/import/limits.hpp"
#include "host/import/report.hpp"

namespace hipchat::host {

struct import_options {
    std::string archive = {};      ///< tar or tar.gz of a HipChat export
    std::string data_folder = {};  ///< of a host that does not run; made if it is missing
    /// Whose ids the archive has: people and rooms of one source are recognised when it comes
    /// again.
    std::string source = "hipchat";
    unpack_limits limits = {};
    std::function<void(std::string_view line)> progress = {};  ///< may be empty
};

/// Takes people, rooms, what was said, files and pictures over from an export. A second time it
/// adds only what is new. Add-ons are told of none of it. Blocks: not for the loop thread. Throws
/// config_error and storage_error saying what to do; what was taken until then stays.
import_report import_archive(const import_options& options, wall_time now);

}  // namespace hipchat::host
