#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "base/loop.hpp"
#include "storage/sqlite/pending_call.hpp"

namespace hipchat::storage::sqlite {

/// The writing thread of a database: takes all calls that wait, runs each in a savepoint of one
/// transaction, commits, and resumes their callers on the loop.
class group_writer {
public:
    group_writer(event_loop& loop, std::unique_ptr<connection> on, std::size_t max_waiting);
    group_writer(const group_writer&) = delete;
    group_writer& operator=(const group_writer&) = delete;
    /// Does what was submitted, then ends the thread.
    ~group_writer();

    /// Queues the call; throws `overloaded` when the queue is full. From any thread.
    void submit(pending_call& call);

    std::uint64_t commits() const noexcept { return commits_.load(std::memory_order_relaxed); }

private:
    void serve();
    void settle(std::span<pending_call* const> group);
    std::size_t transact(std::span<pending_call* const> group);
    void run_in_savepoint(pending_call& call);
    void resume(std::vector<pending_call*> group);

    event_loop& loop_;
    std::unique_ptr<connection> on_;
    std::size_t max_waiting_;
    std::atomic<std::uint64_t> commits_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<pending_call*> waiting_;
    bool stopping_ = false;
    std::thread thread_;  ///< last: it uses the others
};

}  // namespace hipchat::storage::sqlite
