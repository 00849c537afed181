#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <unordered_map>

#include "transport/io_loop.hpp"

namespace hipchat::transport {

/// A curl multi handle whose sockets and time-outs the loop serves. Loop thread only.
class curl_sockets {
public:
    /// @param done called for each transfer that has ended, outside of curl; it removes the handle,
    ///             and must not destroy this
    curl_sockets(io_loop& loop, std::function<void(CURL*, CURLcode)> done);
    curl_sockets(const curl_sockets&) = delete;
    curl_sockets& operator=(const curl_sockets&) = delete;
    /// All transfers must have been removed.
    ~curl_sockets();

    CURLM* multi() const noexcept { return multi_; }

private:
    struct watch;
    struct ready;

    static int socket_wanted(CURL* easy, curl_socket_t socket, int what, void* self, void*);
    static int timer_wanted(CURLM* multi, long milliseconds, void* self);
    void want(curl_socket_t socket, int what);
    void set_timer(long milliseconds);
    void act(curl_socket_t socket, int events);

    io_loop& loop_;
    std::function<void(CURL*, CURLcode)> done_;
    CURLM* multi_;
    std::unordered_map<curl_socket_t, std::shared_ptr<watch>> watches_;
    event_loop::timer timer_ = 0;
};

}  // namespace hipchat::transport
