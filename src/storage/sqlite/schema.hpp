#pragma once

#include <memory>
#include <string>

#include "base/loop.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::storage::sqlite {

/// Opens or creates the one file in which an add-on keeps everything, with the newest schema. Its
/// repositories share it. Throws storage_error saying what to do. The loop must outlive it.
std::shared_ptr<database> open_addon_database(event_loop& loop, std::string path);

}  // namespace hipchat::storage::sqlite
