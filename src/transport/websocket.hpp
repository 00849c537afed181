#pragma once

#include <optional>
#include <string>

#include "hipchat/task.hpp"

namespace hipchat::transport {

/// The server's end of a WebSocket that carries text. Loop thread only.
class websocket {
public:
    virtual ~websocket() = default;
    websocket() = default;
    websocket(const websocket&) = delete;
    websocket& operator=(const websocket&) = delete;

    /// The next text message, at most 64 KiB; empty when the peer has closed, or sent a binary or
    /// oversized message, or been silent to pings for a minute. One read at a time.
    virtual task<std::optional<std::string>> read() = 0;

    /// Queues `text`, in order. A peer that lets more than 1 MiB wait is closed. Never blocks;
    /// after closing it does nothing.
    virtual void send(std::string text) = 0;

    /// Sends what is queued, then closes; read() then ends.
    virtual void close() = 0;
};

}  // namespace hipchat::transport
