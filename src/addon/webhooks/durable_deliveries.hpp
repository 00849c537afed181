#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "addon/background/start_beside.hpp"
#include "addon/webhooks/delivery_plan.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "storage/deliveries.hpp"

namespace hipchat::addons {

/// What happened to the deliveries of durable handlers since the start; for metrics.
struct durable_counts {
    std::uint64_t kept = 0;     ///< stored, then acknowledged
    std::uint64_t refused = 0;  ///< answered 503: not stored
    std::uint64_t retried = 0;  ///< attempts after the first
    std::uint64_t dropped = 0;  ///< removed without a run: no tenant or no handler any more
    std::uint64_t dead = 0;     ///< given up after most_attempts
};

/// Keeps the deliveries of durable handlers until they are done, and attempts again what was
/// interrupted or has failed. delivery_plan decides, this does it. Loop thread only; the references
/// must outlive it, and it must outlive its work: it is destroyed after a drain, or when the
/// program ends.
class durable_deliveries {
public:
    struct parts {
        event_loop& loop;
        const clock& time;
        logger& log;
        storage::delivery_repository& store;
        start_beside beside;
        std::size_t most;  ///< kept at a time
    };
    /// Attempts a kept delivery and says what came of it: handled, threw, or void. Never throws.
    using attempt = std::function<task<delivery_event>(storage::kept_delivery)>;

    explicit durable_deliveries(parts given) : parts_(std::move(given)) {}
    durable_deliveries(const durable_deliveries&) = delete;
    durable_deliveries& operator=(const durable_deliveries&) = delete;
    ~durable_deliveries();

    /// Takes up what an earlier run of the program left, and from then on what is due.
    task<> begin(attempt run);

    /// Keeps a delivery; its id does not count. Nothing if it could not be stored, which is logged.
    /// @param key see delivery_repository::keep
    task<std::optional<storage::keep_result>> keep(storage::kept_delivery value,
                                                   std::optional<protocol::sha256_digest> key);

    /// Runs the first attempt of what keep() has kept, soon; a drain waits for it.
    /// @param one its body does not count
    void start(storage::kept_delivery one, std::function<task<delivery_event>()> first);

    /// Attempts what is due by the clock. The loop calls it in time; tests that move their clock by
    /// hand call it themselves.
    void run_due();

    /// From now on nothing is taken up. What runs goes on; the rest stays stored.
    void stop();

    const durable_counts& counts() const noexcept { return counts_; }

private:
    task<> take();
    task<> take_while_free();
    task<> run_first(storage::kept_delivery one, std::function<task<delivery_event>()> first);
    task<> run_again(storage::kept_delivery one);
    task<> settle(const storage::kept_delivery& one, delivery_event event);
    void tell(const storage::kept_delivery& one, delivery_event event, delivery_step next);
    void wake_at(std::chrono::milliseconds due);
    std::chrono::milliseconds now() const;

    parts parts_;
    attempt run_;
    durable_counts counts_;
    std::size_t running_again_ = 0;
    bool taking_ = false;
    bool look_again_ = false;  // it was asked for while taking_
    bool stopped_ = false;
    event_loop::timer wake_up_ = 0;
    std::chrono::milliseconds wakes_at_{0};  // while wake_up_ is set
};

}  // namespace hipchat::addons
