#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "addon/access.hpp"
#include "addon/dispatch.hpp"
#include "addon/replay_window.hpp"
#include "addon/webhooks/declared_hook.hpp"
#include "addon/webhooks/durable_deliveries.hpp"
#include "addon/webhooks/pending_answer.hpp"
#include "addon/webhooks/to_keep.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/worker_pool.hpp"
#include "protocol/pattern.hpp"

namespace hipchat::addons {

/// A webhook as it is served.
struct served_hook {
    const detail::hook& declared;
    std::string route;  ///< for the log and for recognising repeated deliveries
    std::shared_ptr<const protocol::pattern> pattern = {};  ///< null: none
    std::string added_as = {};                              ///< id of a dynamic webhook
    std::optional<std::int64_t> room = {};                  ///< the only one that it is for
};

/// What happened to deliveries since the start; for metrics.
struct delivery_counts {
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;      ///< acknowledged, not run: they were delivered before
    std::uint64_t unmatched = 0;     ///< acknowledged, not run: the pattern is not in the message
    std::uint64_t late_replies = 0;  ///< answers that missed AC_REPLY_DEADLINE
};

/// Deliveries of webhooks, from the verified request to the end of the handler. Loop thread only;
/// references must outlive it.
class deliveries {
public:
    struct parts {
        event_loop& loop;
        const access& to;
        replay_window& replays;
        durable_deliveries& durable;
        const clock& time;
        logger& log;
        std::chrono::milliseconds reply_deadline;  ///< 0: none
        bool may_send;  ///< the descriptor has the scope send_notification
    };
    explicit deliveries(parts given) : parts_(given) {}

    /// Serves one delivery of `hook`.
    /// @param by the request that brought it, for the log
    answer accept(std::shared_ptr<const served_hook> hook, const signed_request& who,
                  std::string_view body, request_id by = request_id::none);

    /// Finds what is served at a route of that tenant now; null: nothing.
    using hook_finder = std::function<task<std::shared_ptr<const served_hook>>(
        std::shared_ptr<const storage::tenant>, std::string route)>;
    /// Attempts once more what was kept of a delivery. Never throws.
    /// @param find must outlive the attempt
    task<delivery_event> run_kept(storage::kept_delivery kept, const hook_finder& find);

    const delivery_counts& counts() const noexcept { return counts_; }

private:
    using hook_ptr = std::shared_ptr<const served_hook>;
    using event_ptr = std::shared_ptr<detail::event_core>;

    // A delivery on its way.
    struct delivery {
        hook_ptr hook;
        event_ptr event;
        protocol::sha256_digest repeated_as;
        std::shared_ptr<to_keep> keep = {};  // null: the handler is not durable
    };

    answer search(delivery made);
    task<reply> search_beside(delivery made);
    answer serve(delivery made, std::optional<match> found);
    task<reply> answer_with(delivery made, const detail::event_handler& handler);
    task<> run_into(std::shared_ptr<pending_answer> pending, delivery made,
                    const detail::event_handler& handler);
    task<> run(delivery made, const detail::event_handler& handler, bool* threw = nullptr);
    task<std::optional<match>> find_beside(const delivery& made);
    static const detail::event_handler& handler_of(const delivery& made);
    // kept.cpp
    task<reply> keep(delivery made, const detail::event_handler& handler);
    task<delivery_event> attempt(delivery made, const detail::event_handler& handler);
    task<> post_late(const delivery& made, notification said);
    reply reply_of(const pending_answer& ended, const delivery& made);
    hipchat::log log_of(const delivery& made) const;
    void log_failure(const delivery& made, const std::exception_ptr& failure);

    parts parts_;
    delivery_counts counts_;
    to_keep::set unkept_;
    /// Searches that may take long. Made when the first of them comes; destroyed before the rest.
    std::optional<worker_pool> searching_;
};

}  // namespace hipchat::addons
