#pragma once

// One SQLite file for a program with an event loop.
//
//     constexpr std::array migrations = {
//         "CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
//         "ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
//     };
//     database_options options;
//     options.path = "host.db";
//     database store(loop, options, migrations);
//
//     auto insert = [name](connection& on) {
//         on.run("INSERT INTO rooms(name) VALUES (?)", name);
//         return on.last_insert_id();
//     };
//     const std::int64_t id = co_await store.write(insert);  // durable here
//
// The function is named before it is awaited (CONTRIBUTING.md, coroutines).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "base/loop.hpp"
#include "base/worker_pool.hpp"  // overloaded
#include "hipchat/task.hpp"
#include "storage/errors.hpp"
#include "storage/sqlite/statement.hpp"

namespace hipchat::storage::sqlite {

struct database_options {
    std::string path = {};    ///< a file; it is created with mode 0600, its folder must exist
    std::size_t readers = 1;  ///< reading threads, 1 to 8
    std::size_t max_waiting = 10'000;  ///< calls that may wait to write, and as many to read; one
                                       ///< more throws `overloaded`
};

/// A SQLite file (WAL, synchronous=FULL) with one writing thread and some reading ones. Several
/// processes of one machine may have it open.
///
/// Writes that wait together are committed together: each runs in a savepoint of one transaction,
/// so a failing one undoes only itself, and all of them are durable before any of their callers
/// goes on. Reads see everything whose write has ended before they were asked for.
///
/// Threads: construct, call and destroy on the loop thread; tasks end there. The functions passed
/// in run on other threads, so what they refer to must be theirs; they are destroyed on the loop
/// thread. The loop must outlive the database.
class database {
public:
    /// Opens the file and brings it to the newest of `migrations`: SQL scripts, applied in order,
    /// each once, counted by user_version. A migration that was released is never changed. Throws
    /// storage_error saying what to do, also for a file written by a newer version.
    database(event_loop& loop, database_options options, std::span<const char* const> migrations);
    database(const database&) = delete;
    database& operator=(const database&) = delete;
    /// Ends the threads after the calls already made; their callers go on when the loop next runs.
    ~database();

    /// Runs `function(connection&)` on the writing thread, inside a transaction; durable when the
    /// task ends. What it throws undoes its changes and is thrown to the caller. It must not begin,
    /// commit or roll back a transaction. If the commit itself fails, every write of the group
    /// throws and none has happened. Throws `overloaded`.
    template <class Function>
    task<std::invoke_result_t<Function&, connection&>> write(Function function);

    /// Runs `function(connection&)` on a reading thread, on one state of the file; it cannot change
    /// anything. Throws what it throws, and `overloaded`.
    template <class Function>
    task<std::invoke_result_t<Function&, connection&>> read(Function function);

    /// How many transactions have been committed; for metrics.
    std::uint64_t commits() const noexcept;

private:
    enum class kind { write, read };

    // Does `work` on a thread for that kind of call and continues on the loop.
    task<> perform(kind what, std::function<void(connection&)> work);

    template <class Function>
    task<std::invoke_result_t<Function&, connection&>> call(kind what, Function function);

    class impl;
    std::unique_ptr<impl> impl_;
};

template <class Function>
task<std::invoke_result_t<Function&, connection&>> database::write(Function function) {
    return call(kind::write, std::move(function));
}

template <class Function>
task<std::invoke_result_t<Function&, connection&>> database::read(Function function) {
    return call(kind::read, std::move(function));
}

template <class Function>
task<std::invoke_result_t<Function&, connection&>> database::call(kind what, Function function) {
    using result = std::invoke_result_t<Function&, connection&>;
    if constexpr (std::is_void_v<result>) {
        const std::function<void(connection&)> work = [&function](connection& on) { function(on); };
        task<> performing = perform(what, work);
        co_await performing;
    } else {
        std::optional<result> value;
        const std::function<void(connection&)> work = [&function, &value](connection& on) {
            value.emplace(function(on));
        };
        task<> performing = perform(what, work);
        co_await performing;
        // NOLINTNEXTLINE(bugprone-unchecked-optional-access): without an error there is a value
        co_return std::move(*value);
    }
}

}  // namespace hipchat::storage::sqlite
