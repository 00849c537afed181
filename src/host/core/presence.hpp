#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "host/core/commands.hpp"
#include "host/core/feed.hpp"
#include "host/core/values.hpp"

namespace hipchat::host {

/// Who is in which room, as the feed tells it. Subscribe after making it, and see its state as of
/// the change you are told of. Loop thread only.
class presence {
public:
    explicit presence(feed& source);

    /// Who is in the room, by name.
    std::vector<person> people_in(std::int64_t room_id) const;

    /// Whether the person is in any room.
    bool is_here(std::int64_t person_id) const;

private:
    void apply(const change& made);

    std::map<std::int64_t, std::map<std::int64_t, person>> here_;  ///< room, person
    feed::subscription listening_;
};

/// Keeps people in a room while they have a socket open there, and a little longer: a page that
/// reloads does not make its person leave. Loop thread only.
class attendance {
public:
    attendance(event_loop& loop, background& work, commands& act, std::chrono::nanoseconds grace)
        : loop_(loop), work_(work), act_(act), grace_(grace) {}

    /// A socket was opened: its person enters, unless they are there.
    task<> arrive(std::int64_t room_id, person who);
    /// A socket was lost: if it was the last, its person leaves after the grace period.
    void lose(std::int64_t room_id, const person& who);
    /// A socket was given up on purpose: if it was the last, its person leaves now.
    task<> depart(std::int64_t room_id, person who);

    /// Forgets those who are about to leave; they leave when the host starts again.
    void stop();

private:
    struct attendee {
        std::size_t sockets = 0;
        event_loop::timer leaving = 0;  ///< 0: not about to
    };
    using key = std::pair<std::int64_t, std::int64_t>;  ///< room, person

    void time_up(key which, const person& who);
    // True if that was the last one.
    bool remove_socket(key which);

    event_loop& loop_;
    background& work_;
    commands& act_;
    std::chrono::nanoseconds grace_;
    bool stopped_ = false;
    std::map<key, attendee> attendees_;
};

}  // namespace hipchat::host
