#pragma once

#include <memory>

namespace boost::asio {
class io_context;
}

#include "base/loop.hpp"

namespace hipchat::transport {

/// The event loop, on Asio. One thread calls run(); everything that takes this loop works on that
/// thread unless it says otherwise.
class io_loop final : public event_loop {
public:
    io_loop();
    /// On the context of a program that has one. One thread runs it, which is the loop thread;
    /// run(), stop() and on_termination() are not for this loop. The context must outlive
    /// everything that was made with the loop; it may go on when the loop is gone, and drops what
    /// the loop had pending.
    explicit io_loop(boost::asio::io_context& of_somebody);
    ~io_loop() override;

    /// Serves until stop(). Call once, from the thread that becomes the loop thread.
    void run();
    /// Ends run() as soon as the current call returns; what is pending is dropped. From any thread.
    void stop();

    void post(std::function<void()> work) override;
    timer call_after(std::chrono::nanoseconds delay, std::function<void()> work) override;
    void cancel(timer pending) override;

    /// Calls `ended` on the loop thread at the first SIGINT or SIGTERM; a second one ends the
    /// process at once with 128 + signal.
    void on_termination(std::function<void(int signal)> ended);

    /// Calls `again` on the loop thread at each SIGHUP from now on.
    void on_hangup(std::function<void()> again);

    /// The Asio context, for the files of transport only.
    struct context;
    context& asio() noexcept { return *context_; }

private:
    std::shared_ptr<context> context_;
};

}  // namespace hipchat::transport
