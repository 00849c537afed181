#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "transport/http.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::transport {

/// Limits of a server; each protects against a peer that means harm or is broken.
struct http_server_options {
    std::string address = "127.0.0.1";                      ///< numeric IPv4 or IPv6
    std::uint16_t port = 0;                                 ///< 0: a free one is picked
    std::size_t max_header_bytes = std::size_t{16} * 1024;  ///< above: 431
    std::size_t max_body_bytes = std::size_t{1024} * 1024;  ///< above: 413
    std::size_t max_connections = 10'000;                   ///< above: accepted and closed
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

    /// The port it listens on.
    std::uint16_t port() const noexcept;

    /// Stops accepting, answers what has been received with "Connection: close", closes idle
    /// connections, and calls `drained` once when no request and no afterwards-work is left, or
    /// when `limit` has passed: then with the number that was still in flight.
    void drain(std::chrono::milliseconds limit, std::function<void(std::size_t left)> drained);

    class impl;

private:
    std::shared_ptr<impl> impl_;
};

}  // namespace hipchat::transport
