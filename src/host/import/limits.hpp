#pragma once

#include <cstddef>
#include <cstdint>

namespace hipchat::host {

/// What an archive may hold, so that a hostile one fills neither disk nor memory.
struct unpack_limits {
    std::uint64_t all_bytes = std::uint64_t{1024} * 1024 * 1024 * 1024;  ///< unpacked
    /// Unpacked bytes for one of the archive's, beyond the first 64 MiB.
    std::uint64_t ratio = 100;
    std::size_t entries = 5'000'000;
    std::uint64_t json_bytes = std::uint64_t{512} * 1024 * 1024;   ///< of one; read into memory
    std::uint64_t file_bytes = std::uint64_t{1024} * 1024 * 1024;  ///< of one shared file
};

}  // namespace hipchat::host
