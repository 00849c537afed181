#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/connect/courier.hpp"
#include "host/connect/delivery_rules.hpp"
#include "host/core/clients.hpp"
#include "host/core/commands.hpp"

namespace hipchat::host {

/// Sends deliveries. Those of one room to one add-on go out one after the other, in order; nobody
/// waits for another room or another add-on. A delivery's row is removed when it has come to its
/// end. Loop thread only.
class deliverer {
public:
    /// What came of attempts, since the host started.
    struct counts {
        std::uint64_t taken = 0;        ///< answered below 400
        std::uint64_t refused = 0;      ///< answered 400 or above
        std::uint64_t unreachable = 0;  ///< not answered
    };

    /// What delivering needs.
    struct sources {
        event_loop& loop;
        logger& log;
        const clock& time;
        database& store;
        const clients& installed;
        courier& post;
        commands& act;
        background& work;
    };

    deliverer(sources with, delivery_options options) : with_(with), options_(options) {}

    /// Takes stored deliveries, in order.
    void take(std::vector<delivery> due);

    /// Drops what is due to a client that was revoked (its rows are gone already).
    void forget(const std::string& oauth_id);

    const counts& attempted() const noexcept { return counts_; }
    /// Deliveries that wait or are under way.
    std::size_t waiting() const noexcept;

    /// Begins nothing new; what waits stays in the database. Requests under way end by themselves.
    void stop();

private:
    using key = std::pair<std::int64_t, std::string>;  ///< room, oauthId
    struct lane {
        std::deque<delivery> waiting;  ///< the first one is under way, or about to be tried again
        unsigned attempts = 0;         ///< of the first one
        bool is_running = false;
        event_loop::timer retry = 0;
    };

    void start(const key& which);
    void try_again_later(const key& which, std::chrono::milliseconds pause);
    task<> serve(key which);
    task<outcome> attempt(client_ptr to, delivery due);
    task<> settle(client_ptr from, delivery ended, outcome how);
    task<> remove(std::int64_t id);
    void count(const outcome& how) noexcept;
    void report(const client& to, const delivery& due, const outcome& how) const;

    sources with_;
    delivery_options options_;
    counts counts_;
    bool stopped_ = false;
    std::map<key, lane> lanes_;
};

}  // namespace hipchat::host
