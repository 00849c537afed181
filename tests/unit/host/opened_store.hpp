#pragma once

#include <string>

#include "host/core/commands.hpp"
#include "host/core/people.hpp"
#include "host/core/presence.hpp"
#include "host/core/tokens.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::host::testing {

using hipchat::testing::manual_clock;
using hipchat::testing::recording_log;
using hipchat::testing::temporary_folder;
using hipchat::testing::test_loop;

/// The host's core on a database of its own, driven by the test's thread.
class opened_store {
public:
    opened_store() : store_(loop, options(), migrations()), on_(options().path, allowed) {
        seed(on_, time.now());
    }

    opened_store(const opened_store&) = delete;
    opened_store& operator=(const opened_store&) = delete;
    /// What goes on in the background comes to its end.
    ~opened_store() {
        loop.run_until([this] { return work.under_way() == 0; });
    }

    template <class T>
    T run(task<T> wanted) {
        return loop.run(std::move(wanted));
    }
    /// A second look at the file.
    connection& on() noexcept { return on_; }
    database& store() noexcept { return store_; }

    test_loop loop;
    manual_clock time;
    recording_log log;

private:
    static constexpr auto allowed = storage::sqlite::access::read_write;
    storage::sqlite::database_options options() const {
        storage::sqlite::database_options chosen;
        chosen.path = folder_.file("host.db");
        return chosen;
    }

    temporary_folder folder_;
    database store_;
    connection on_;

public:
    background work{log};
    feed news{loop, time, store_, work, 0};
    presence here{news};
    commands act{store_, time, news};
};

}  // namespace hipchat::host::testing
