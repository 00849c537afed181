#include "storage/sqlite/group_writer.hpp"

#include <exception>
#include <string>
#include <utility>

#include "base/worker_pool.hpp"

namespace hipchat::storage::sqlite {
namespace {

void abandon(connection& on) noexcept {
    try {
        if (on.in_transaction()) on.run("ROLLBACK");
    } catch (...) {  // NOLINT(bugprone-empty-catch): the caller learns the error that came first
    }
}

// For those who did nothing wrong: the cause may be another call's, so its type says nothing to
// them.
std::exception_ptr undone_together(const std::exception& cause) {
    return std::make_exception_ptr(storage_error(
        std::string("a write was undone with those beside it, try again: ") + cause.what()));
}

}  // namespace

group_writer::group_writer(event_loop& loop, std::unique_ptr<connection> on,
                           std::size_t max_waiting)
    : loop_(loop), on_(std::move(on)), max_waiting_(max_waiting), thread_([this] { serve(); }) {
}

group_writer::~group_writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void group_writer::submit(pending_call& call) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= max_waiting_)
        throw overloaded("too many writes are waiting for the database; try again later");
    waiting_.push_back(&call);
    changed_.notify_one();
}

void group_writer::serve() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        std::vector<pending_call*> group = std::exchange(waiting_, {});
        lock.unlock();
        settle(group);
        resume(std::move(group));
        lock.lock();
    }
}

// Gives every call of the group its end, in as few transactions as possible: one, unless an error
// makes SQLite give up the transaction in the middle.
void group_writer::settle(std::span<pending_call* const> group) {
    while (!group.empty()) {
        const std::size_t settled = transact(group);
        group = group.subspan(settled);
    }
}

// Runs calls of the group in one transaction. Returns how many have their end: all, or, if the
// transaction was lost, those whose changes went with it.
std::size_t group_writer::transact(std::span<pending_call* const> group) {
    std::size_t begun = 0;
    try {
        on_->run("BEGIN IMMEDIATE");
        for (pending_call* const call : group) {
            ++begun;
            run_in_savepoint(*call);
        }
        on_->run("COMMIT");
        commits_.fetch_add(1, std::memory_order_relaxed);
    } catch (const std::exception& lost) {
        const bool alone = begun <= 1;
        // A transaction that could not begin will not begin for the rest of the group either.
        if (begun == 0) begun = group.size();
        for (pending_call* const call : group.first(begun))
            if (!call->failure)
                call->failure = alone ? std::current_exception() : undone_together(lost);
        abandon(*on_);
    }
    return begun;
}

// Throws only if the whole transaction is lost.
void group_writer::run_in_savepoint(pending_call& call) {
    on_->run("SAVEPOINT one_call");
    try {
        call.work(*on_);
    } catch (...) {
        call.failure = std::current_exception();
        // A full disk, for example, ends the transaction and not just the statement.
        if (!on_->in_transaction()) throw storage_error("the database gave the transaction up");
        on_->run("ROLLBACK TO one_call");
    }
    on_->run("RELEASE one_call");
}

void group_writer::resume(std::vector<pending_call*> group) {
    loop_.post([group = std::move(group)] {
        for (const pending_call* const call : group)
            call->caller.resume();
    });
}

}  // namespace hipchat::storage::sqlite
