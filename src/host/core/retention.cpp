#include "host/core/retention.hpp"

#include <utility>

#include "host/core/old_rows.hpp"

namespace hipchat::host {

retention::retention(parts of, const retention_options& options, std::function<void()> dropped)
    : of_(of), options_(options), dropped_(std::move(dropped)) {
}

void retention::start() {
    if (is_wanted() && !stopped_) of_.work.run("removing what is too old", sweep_and_wait());
}

void retention::stop() {
    stopped_ = true;
    if (next_ != 0) of_.loop.cancel(std::exchange(next_, 0));
}

// Waits by a timer, not in a task: a host that stops need not wait for it.
task<> retention::sweep_and_wait() {
    std::exception_ptr failure;
    try {
        task<> sweeping = sweep();
        co_await sweeping;
    } catch (...) {
        failure = std::current_exception();
    }
    if (!stopped_)
        next_ = of_.loop.call_after(options_.interval, [this] {
            next_ = 0;
            start();
        });
    if (failure) std::rethrow_exception(failure);
}

task<> retention::sweep() {
    const wall_time now = of_.time.now();
    const std::size_t most = options_.step;
    if (options_.messages.count() > 0) {
        const wall_time before = now - options_.messages;
        step_function in_rooms = [before, most](connection& on) {
            return remove_old_changes(on, before, most);
        };
        task<> removing = remove_all(std::move(in_rooms));
        co_await removing;
        step_function in_private = [before, most](connection& on) {
            return remove_old_private_messages(on, before, most);
        };
        task<> removing_private = remove_all(std::move(in_private));
        co_await removing_private;
    }
    if (options_.files.count() > 0) {
        const wall_time before = now - options_.files;
        step_function shared = [before, most](connection& on) {
            return drop_old_files(on, before, most);
        };
        task<> dropping = remove_all(std::move(shared));
        co_await dropping;
    }
    dropped_();
}

task<> retention::remove_all(step_function step) {
    std::size_t removed = options_.step;
    while (removed == options_.step && !stopped_) {
        task<std::size_t> removing = of_.store.write(step);
        removed = co_await removing;
        if (removed < options_.step || stopped_) break;
        task<> pausing = sleep_for(of_.loop, options_.pause);
        co_await pausing;
    }
}

}  // namespace hipchat::host
