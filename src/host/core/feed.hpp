#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "host/core/background.hpp"
#include "host/core/bell.hpp"
#include "host/core/changes.hpp"
#include "host/core/listeners.hpp"
#include "storage/sqlite/database.hpp"

namespace hipchat::host {

using storage::sqlite::database;

/// The one ordered, durable list of what happened. Whoever made a change calls wake() after its
/// commit; the feed then reads what is new and tells its listeners, each change once and in order
/// of seq. Readers with a cursor of their own ask after(). Loop thread only.
class feed {
public:
    using listener = listeners<change_ptr>::listener;
    using subscription = listeners<change_ptr>::subscription;

    /// @param newest seq up to which nobody needs to be told
    feed(event_loop& loop, const clock& time, database& store, background& work,
         std::int64_t newest)
        : time_(time), store_(store), work_(work), bell_(loop), newest_(newest) {}

    /// Listeners are told in the order in which they subscribed.
    [[nodiscard]] subscription subscribe(listener each) {
        return listeners_.subscribe(std::move(each));
    }

    /// Something was committed.
    void wake();

    /// Ends when listeners have been told of the change `seq`, which is committed, or the host
    /// stops.
    task<> reach(std::int64_t seq);

    /// Changes of one room after `seq`, at most `limit`; waits up to `patience` for the first one.
    task<std::vector<change_ptr>> after(std::int64_t room, std::int64_t seq, std::int64_t limit,
                                        std::chrono::nanoseconds patience);
    /// Changes of all rooms after `seq`, at most `limit`.
    task<std::vector<change_ptr>> after(std::int64_t seq, std::int64_t limit);
    /// The newest changes of a room, oldest first.
    task<std::vector<change_ptr>> last(std::int64_t room, std::int64_t count);

    /// Seq of the newest change that listeners were told of.
    std::int64_t newest() const noexcept { return newest_; }

    /// Sends everybody who waits away, now and from now on.
    void stop() { bell_.silence(); }

private:
    task<> pump();
    void publish(const change_ptr& made);

    const clock& time_;
    database& store_;
    background& work_;
    bell bell_;
    std::int64_t newest_;
    bool pumping_ = false;
    bool stale_ = false;
    listeners<change_ptr> listeners_;
};

}  // namespace hipchat::host
