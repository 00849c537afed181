#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "transport/http.hpp"
#include "transport/io_loop.hpp"
#include "transport/tls_files.hpp"

namespace hipchat::transport {

/// Limits of a server; each protects against a peer that means harm or is broken.
struct http_server_options {
    std::string address = "127.0.0.1";                      ///< numeric IPv4 or IPv6
    std::uint16_t port = 0;                                 ///< 0: a free one is picked
    tls_files tls = {};                                     ///< empty: without TLS
    std::size_t max_header_bytes = std::size_t{16} * 1024;  ///< above: 431
    std::size_t max_body_bytes = std::size_t{1024} * 1024;  ///< above: 413
    /// That limit for one request, asked when its head is there; empty: the same for all. It must
    /// not throw.
    std::function<std::size_t(const http_request& head)> body_limit = {};
    std::size_t max_connections = 10'000;  ///< above: accepted and closed
    /// Connections from one address; above: accepted and closed. 0: no limit.
    std::size_t max_connections_per_address = 0;
    /// Addresses to which that limit does not apply: proxies that stand for many. Empty: none.
    std::function<bool(std::string_view address)> stands_for_many = {};
    /// Memory of all requests that are being received; a request that would need more is answered
    /// 503. What fits into the first few KiB of each connection does not count.
    std::size_t max_receiving_bytes = std::size_t{64} * 1024 * 1024;
    std::chrono::milliseconds header_time{10'000};  ///< from first byte to end of headers: 408
    std::chrono::milliseconds body_time{30'000};    ///< from end of headers to end of body: 408
    std::chrono::milliseconds idle_time{60'000};    ///< between requests: closed
    std::chrono::milliseconds write_time{30'000};   ///< for one answer to be taken: closed
};

/// An HTTP/1.1 server on a loop, with keep-alive and pipelining. Malformed requests get 400 (or the
/// status named above) and a closed connection; a request with both Content-Length and
/// Transfer-Encoding is malformed. All of it on the loop thread.
class http_server {
public:
    /// Binds and listens; throws config_error naming address and port when it cannot.
    http_server(io_loop& loop, logger& log, http_server_options options, http_handler handler);
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;
    /// Closes every connection at once, on the loop thread or when the loop has ended. No handler
    /// may be running, but a WebSocket's may wait in read(): that ends first.
    ~http_server();

    /// Reads the files of TLS again, for connections from now on. Throws config_error, and goes on
    /// with what it had.
    void renew_tls();

    /// The port it listens on.
    std::uint16_t port() const noexcept;

    /// Stops accepting, answers what has been received with "Connection: close", closes idle
    /// connections, and calls `drained` once when no request and no afterwards-work is left, or
    /// when `limit` has passed: then with the number that was still in flight.
    void drain(std::chrono::milliseconds limit, std::function<void(std::size_t left)> drained);

    /// Starts `work` at once, counts it as work after an answer until it ends, and logs what it
    /// throws.
    void run_beside(std::function<task<>()> work);

    /// Requests whose handlers have not ended, and work after answers.
    std::size_t under_way() const noexcept;
    std::size_t connections() const noexcept;
    /// Memory of the requests that are being received, as max_receiving_bytes counts it.
    std::size_t receiving_bytes() const noexcept;
    /// Connections that a limit has closed as soon as they were accepted.
    std::uint64_t turned_away() const noexcept;

    class impl;

private:
    std::shared_ptr<impl> impl_;
};

}  // namespace hipchat::transport
