#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/core/tables.hpp"

// The rows of kept files. Functions on a connection run on a thread of the database.

namespace hipchat::host {

/// A file that somebody shared, or a picture of a room or a person. Its bytes lie in the data
/// folder under its id.
struct kept_file {
    std::string id = {};  ///< random; who knows it may read the file
    std::string name = {};
    std::string content_type = {};
    std::int64_t size = 0;  ///< bytes

    /// Where the host serves it: "/files/ID/NAME".
    std::string path() const;
};

/// The id in a path or URL that path() made; empty if there is none.
std::string file_id_in(std::string_view url);

void insert_file(connection& on, const kept_file& made, wall_time now);
/// Empty if there is none, or it was dropped.
std::optional<kept_file> find_file(connection& on, const std::string& id);

/// Makes a file unknown; its bytes are removed afterwards (class files). An empty id drops nothing.
void drop_file(connection& on, const std::string& id);
/// Those whose bytes are still to be removed.
std::vector<std::string> dropped_files(connection& on);
void forget_file(connection& on, const std::string& id);

}  // namespace hipchat::host
