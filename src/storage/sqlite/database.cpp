#include "storage/sqlite/database.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "storage/sqlite/group_writer.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/pending_call.hpp"

namespace hipchat::storage::sqlite {
namespace {

// Reading connections, as many as there are reading threads, so that one is always free for each.
class reader_set {
public:
    reader_set(const std::string& path, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            free_.push_back(std::make_unique<connection>(path, access::read_only));
    }

    void run(pending_call& call) {
        std::unique_ptr<connection> on = take();
        try {
            on->run("BEGIN");
            call.work(*on);
        } catch (...) {
            call.failure = std::current_exception();
        }
        end(*on);
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(on));
    }

private:
    std::unique_ptr<connection> take() {
        const std::lock_guard lock(mutex_);
        std::unique_ptr<connection> on = std::move(free_.back());
        free_.pop_back();
        return on;
    }

    static void end(connection& on) noexcept {
        try {
            if (on.in_transaction()) on.run("ROLLBACK");
        } catch (...) {  // NOLINT(bugprone-empty-catch): nothing was changed; the next BEGIN tells
        }
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<connection>> free_;
};

}  // namespace

class database::impl {
public:
    impl(event_loop& loop, const database_options& options, std::span<const char* const> migrations)
        : loop_(loop),
          writer_(loop, open_migrated(options.path, migrations), options.max_waiting),
          readers_(options.path, options.readers),
          reading_(options.readers, options.max_waiting) {}

    void submit(kind what, pending_call& call) {
        if (what == kind::write) {
            writer_.submit(call);
            return;
        }
        reading_.submit([this, &call] {
            readers_.run(call);
            loop_.post([&call] { call.caller.resume(); });
        });
    }

    std::uint64_t commits() const noexcept { return writer_.commits(); }

private:
    event_loop& loop_;
    // Destroyed from below: the reading threads, their connections, then the writer, whose
    // connection is the one that closes last and moves the log into the file.
    group_writer writer_;
    reader_set readers_;
    worker_pool reading_;
};

database::database(event_loop& loop, database_options options,
                   std::span<const char* const> migrations) {
    options.readers = std::clamp<std::size_t>(options.readers, 1, 8);
    impl_ = std::make_unique<impl>(loop, options, migrations);
}

database::~database() = default;

std::uint64_t database::commits() const noexcept {
    return impl_->commits();
}

task<> database::perform(kind what, std::function<void(connection&)> work) {
    // Nothing of the database is touched after the suspension: it may be gone by then.
    struct awaiter {
        impl& owner;
        kind what;
        pending_call& call;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> caller) const {
            call.caller = caller;
            owner.submit(what, call);
        }
        void await_resume() const {
            if (call.failure) std::rethrow_exception(call.failure);
        }
    };
    pending_call call;
    call.work = std::move(work);
    const awaiter ended{*impl_, what, call};
    co_await ended;
}

}  // namespace hipchat::storage::sqlite
