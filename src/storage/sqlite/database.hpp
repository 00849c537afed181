#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "base/loop.hpp"
#include "hipchat/task.hpp"
#include "storage/errors.hpp"
#include "storage/sqlite/statement.hpp"

namespace hipchat::storage::sqlite {

struct database_options {
    std::string path = {};  ///< a file; it is created with mode 0600, its folder must exist
    std::size_t readers = 1;            ///< reading threads, 1 to 8
    std::size_t max_waiting = 10'000;   ///< calls that may wait; one more throws `overloaded`
};

/// A SQLite file (WAL, synchronous=FULL) with one writing thread and some reading ones.
///
/// Writes that wait together are committed together: each runs in a savepoint of one transaction,
/// so a failing one undoes only itself, and all of them are durable before any of their callers
/// goes on. Reads see everything whose write has ended before they were asked for.
class database {
public:
    /// Opens the file and brings it to the newest of `migrations`: SQL scripts, applied in order,
    /// each once, counted by user_version. Throws storage_error saying what to do, also for a file
    /// written by a newer version.
    database(event_loop& loop, database_options options, std::span<const char* const> migrations);
    database(const database&) = delete;
    database& operator=(const database&) = delete;
    /// Ends the threads after the writes already asked for.
    ~database();

    /// Runs `function(connection&)` on the writing thread, inside a transaction; durable when the
    /// task ends. What it throws undoes its changes and is thrown to the caller.
    template <class Function>
    task<std::invoke_result_t<Function&, connection&>> write(Function function);

    /// Runs `function(connection&)` on a reading thread. It must not change anything.
    template <class Function>
    task<std::invoke_result_t<Function&, connection&>> read(Function function);

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace hipchat::storage::sqlite
