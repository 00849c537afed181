#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hipchat/task.hpp"

namespace hipchat::transport {

struct header {
    std::string_view name;
    std::string_view value;
};

/// A request as it was received. All views point into the connection's memory and are valid until
/// the task that handles the request has ended.
struct http_request {
    std::string_view method;
    std::string_view target;  ///< as received, "/path?query"
    std::string_view path;    ///< target before '?', not decoded
    std::string_view query;   ///< target after '?', not decoded
    std::span<const header> headers;
    std::string_view body;
    std::string_view peer;  ///< the address at the other end, without port

    /// Value of the first header of that name (ASCII case does not matter); empty if absent.
    std::string_view header_value(std::string_view name) const noexcept;
};

class websocket;

/// An answer. Content-Length, Connection and Date are the server's business; everything else is in
/// `headers`. Names and values must not contain line breaks; the server drops a header that does.
struct http_response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    /// Shared bytes sent instead of `body` when set: embedded files.
    std::string_view static_body = {};
    /// Work that starts once the answer has been written. The server counts it as in flight and a
    /// drain waits for it. Not started if the connection failed before.
    std::function<task<>()> afterwards = {};
    /// When set, the connection becomes a WebSocket, if the request asked for one properly (else
    /// 400), and `talk` owns the conversation until its task ends. `status`, `body` do not count.
    std::function<task<>(websocket&)> talk = {};

    /// 204 with no headers: written from one constant buffer, allocates nothing.
    static http_response no_content() { return {.status = 204}; }
    /// 503 with the wish to come back in a second.
    static http_response overloaded();
    /// `status` with a body of that content type.
    static http_response of(int status, std::string content_type, std::string body);
};

/// Answers requests, on the loop thread. What it throws becomes 500 without detail and a log line.
using http_handler = std::function<task<http_response>(const http_request&)>;

}  // namespace hipchat::transport
