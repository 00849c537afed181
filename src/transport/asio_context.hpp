#pragma once

#include <atomic>
#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

#include "transport/io_loop.hpp"

namespace hipchat::transport {

namespace asio = boost::asio;

/// Sockets and timers carry this executor itself, not the type-erased one: it costs less.
using executor = asio::io_context::executor_type;
using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, executor>;
using steady_timer =
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, executor>;

/// What an io_loop consists of. Loop thread only, but for `io`. Shared by the loop and what waits
/// in `io` for its turn, so that a context of somebody else's may go on when the loop is gone.
struct io_loop::context {
    struct pending_call {
        steady_timer elapsed;
        std::function<void()> work;
    };

    context() : own(std::make_unique<asio::io_context>(1)), io(*own), busy(io.get_executor()) {}
    explicit context(asio::io_context& of_somebody) : io(of_somebody) {}
    context(const context&) = delete;
    context& operator=(const context&) = delete;
    ~context() { close(); }

    /// Forgets what is pending.
    void close() {
        closed = true;
        signals.reset();
        hangups.reset();
        calls.reset();
    }

    /// Pending calls by name. Declared before `io`, and empty while `io` is being destroyed: what
    /// dies with it may still want to cancel a call.
    std::unique_ptr<std::unordered_map<timer, pending_call>> calls =
        std::make_unique<std::unordered_map<timer, pending_call>>();
    timer last = 0;
    std::unique_ptr<asio::io_context> own;  // null: `io` is somebody else's
    asio::io_context& io;
    /// Keeps a context of our own running while nothing is pending.
    std::optional<asio::executor_work_guard<executor>> busy;
    std::optional<asio::basic_signal_set<executor>> signals;
    std::function<void(int)> ended;
    std::optional<asio::basic_signal_set<executor>> hangups;
    std::function<void()> again;
    std::atomic<bool> closed = false;  // read by whoever posts
};

}  // namespace hipchat::transport
