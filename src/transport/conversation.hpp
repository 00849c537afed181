#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <coroutine>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/log.hpp"
#include "transport/asio_context.hpp"
#include "transport/http.hpp"
#include "transport/websocket.hpp"

namespace hipchat::transport {

/// Whether `request` asks for a WebSocket as RFC 6455 4.2.1 wants it.
bool asks_for_websocket(const http_request& request);

/// The server's end of one WebSocket. Operations under way share its ownership, so a close that
/// has begun is brought to its end after everyone else has gone. Loop thread only.
class conversation final : public websocket, public std::enable_shared_from_this<conversation> {
public:
    conversation(tcp_socket socket, logger& log);
    ~conversation() override;

    /// Shakes hands and runs `talk`. Ends when `talk` has; closing then goes on by itself.
    /// @param received all bytes of the request, and what has arrived behind it
    task<> hold(std::string received, std::function<task<>(websocket&)> talk);

    task<std::optional<std::string>> read() override;
    void send(std::string text) override;
    void close() override;

    /// Closes because the server stops: read() ends at once. Resumes nothing before it returns.
    void go_away();
    /// The server goes away: ends the connection without a word, and read() before it returns.
    void abandon();

private:
    class stream;
    class handshake;
    class message;
    struct handled;
    struct written;
    struct closed;

    void begin_close(int code);
    void write_next();
    void finish_close();
    void cut();
    void resume_reader();
    void log_failure(const std::exception_ptr& failure);

    std::unique_ptr<stream> stream_;
    logger& log_;
    boost::beast::flat_buffer received_;
    std::coroutine_handle<> waiting_;  // for the hand-shake or a message
    bool reading_ = false;             // a read is under way, even if nobody waits for it
    bool failed_ = false;              // nothing more comes from the peer
    std::deque<std::string> queue_;    // the first one is being written, if writing_
    std::size_t queued_ = 0;           // bytes
    bool writing_ = false;
    bool open_ = false;
    int closing_ = 0;  // with that code; 0: not closing
};

}  // namespace hipchat::transport
