#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/core/tables.hpp"

// What became of the people and rooms of an import (table imported).

namespace hipchat::host {

struct imported_key {
    std::string_view source;
    std::string_view kind;  ///< person, room
    std::string_view id;    ///< theirs
};

std::optional<std::int64_t> find_imported(connection& on, const imported_key& theirs);
void remember_imported(connection& on, const imported_key& theirs, std::int64_t ours);

}  // namespace hipchat::host
