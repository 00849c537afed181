#pragma once

#include <cstddef>
#include <functional>

#include "base/clock.hpp"
#include "host/core/background.hpp"
#include "host/core/retention_options.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

/// Removes what is older than it may be, a few rows at a time, so that nobody who writes waits for
/// long. What add-ons are still to be told of stays until they were. Loop thread only.
class retention {
public:
    /// All of it must outlive this.
    struct parts {
        event_loop& loop;
        const clock& time;
        storage::sqlite::database& store;
        background& work;
    };

    /// @param dropped called after rows of files were marked, to remove their bytes
    retention(parts of, const retention_options& options, std::function<void()> dropped);
    retention(const retention&) = delete;
    retention& operator=(const retention&) = delete;
    ~retention() { stop(); }

    /// Sweeps now and then every interval, if anything is to be removed at all.
    void start();
    /// Ends a sweep after its step.
    void stop();

    /// Removes all that is too old by now.
    task<> sweep();

private:
    using step_function = std::function<std::size_t(storage::sqlite::connection&)>;
    task<> remove_all(step_function step);
    task<> sweep_and_wait();
    bool is_wanted() const noexcept {
        return options_.messages.count() > 0 || options_.files.count() > 0;
    }

    parts of_;
    retention_options options_;
    std::function<void()> dropped_;
    event_loop::timer next_ = 0;
    bool stopped_ = false;
};

}  // namespace hipchat::host
