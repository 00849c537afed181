#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "host/import/limits.hpp"
#include "host/import/report.hpp"

namespace hipchat::host {

/// The files of an export archive (tar, perhaps gzipped) that an import looks at, in a folder of
/// their own, under numbers: no name of the archive becomes a name on the disk, and no link is
/// followed or made. Removed when this goes. Everything blocks.
class unpacked {
public:
    /// @param folder does not exist yet
    /// Throws config_error if the archive cannot be read, is encrypted, or unpacks to more than
    /// `most`; what is left out alone is in `report`.
    unpacked(const std::string& archive, std::string folder, const unpack_limits& most,
             import_report& report);
    unpacked(const unpacked&) = delete;
    unpacked& operator=(const unpacked&) = delete;
    ~unpacked();

    /// Where the file is that the archive calls `name`; empty if there is none.
    std::optional<std::string> find(const std::string& name) const;
    /// By name.
    const std::map<std::string, std::string>& all() const noexcept { return places_; }

private:
    struct reading;
    void read_all(reading& from, import_report& report);

    std::string folder_;
    unpack_limits most_;
    std::map<std::string, std::string> places_;
};

}  // namespace hipchat::host
