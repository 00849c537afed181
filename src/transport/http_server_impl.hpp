#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/clock.hpp"
#include "transport/asio_context.hpp"
#include "transport/http_server.hpp"
#include "transport/response_text.hpp"
#include "transport/tls_front.hpp"

namespace hipchat::transport {

class http_connection;

/// What the connections of one server share. Lives until its last connection and the last
/// afterwards-work have ended. Loop thread only.
class http_server::impl : public std::enable_shared_from_this<impl> {
public:
    impl(io_loop& loop, logger& log, http_server_options options, http_handler handler);
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl();

    void listen();
    void renew_tls() {
        if (tls_) tls_->renew();
    }
    std::uint16_t port() const;
    void drain(std::chrono::milliseconds limit, std::function<void(std::size_t)> drained);
    /// Closes the listener and every connection; nothing is called afterwards.
    void close();

    /// Coarse time, at most one tick late. Deadlines are set and compared on it.
    steady_time now() const noexcept { return now_; }
    /// When something that begins now and may take `limit` is late.
    steady_time deadline(std::chrono::milliseconds limit) const { return now_ + limit + tick_; }

    void joined(http_connection& connection, const std::string& peer);
    void left(http_connection& connection, const std::string& peer);
    /// A connection's memory for requests has changed by `grown` bytes. False if all of them
    /// together now have more than the limit.
    bool account(std::ptrdiff_t grown) noexcept;
    /// A handler, or work after an answer, runs from begin_handling() to end_handling().
    void begin_handling() noexcept { ++handling_; }
    void end_handling() noexcept { --handling_; }
    std::size_t under_way() const noexcept { return handling_; }
    std::size_t receiving_bytes() const noexcept { return static_cast<std::size_t>(receiving_); }
    std::size_t connections() const noexcept { return connections_.size(); }
    std::uint64_t turned_away() const noexcept { return turned_away_; }
    /// A request, or work after one, is in flight from begin_work() to end_work().
    void begin_work() noexcept { ++working_; }
    void end_work();
    bool draining() const noexcept { return draining_; }
    std::string_view date() { return date_.at(system_clock().unix_time().count()); }

    io_loop& loop;
    logger& log;
    const http_server_options options;
    const http_handler handler;

private:
    struct accepted;
    struct ticked;
    using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;

    void accept();
    void take(tcp_socket socket);
    bool has_room_for(const std::string& peer) const;
    void accept_queued();
    void pause_accepting(const char* reason);
    void start_ticking();
    void tick();
    void report_drained();

    std::optional<tls_front> tls_;  // empty: without TLS
    acceptor acceptor_;
    asio::ip::tcp::endpoint peer_;
    std::unordered_set<http_connection*> connections_;
    steady_timer ticker_;
    std::chrono::milliseconds tick_;
    steady_time now_;
    bool ticking_ = false;
    bool draining_ = false;
    bool closed_ = false;
    std::size_t working_ = 0;
    std::size_t handling_ = 0;
    std::ptrdiff_t receiving_ = 0;  // bytes
    std::uint64_t turned_away_ = 0;
    std::unordered_map<std::string, std::size_t> by_address_;  // connections
    date_text date_;
    std::function<void(std::size_t)> drained_;
    event_loop::timer drain_limit_ = 0;
    event_loop::timer accept_again_ = 0;
};

}  // namespace hipchat::transport
