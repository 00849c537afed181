#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hipchat::testing {

/// An answer as it came over the wire.
struct raw_answer {
    int status = 0;         ///< 0: the connection ended before one was complete
    std::string head = {};  ///< with status line, without the empty line
    std::string body = {};

    bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// A blocking TCP connection to 127.0.0.1 that says exactly what it is told. Whatever it waits for
/// longer than ten seconds is a std::runtime_error.
class raw_client {
public:
    explicit raw_client(std::uint16_t port);
    /// Takes over a socket, and what has been read from it.
    raw_client(int socket, std::string received);
    raw_client(const raw_client&) = delete;
    raw_client& operator=(const raw_client&) = delete;
    ~raw_client();

    /// For a socket that is not connected yet.
    void connect(std::uint16_t port);
    /// False if the peer no longer takes it.
    bool send(std::string_view bytes);
    void end_sending();
    /// The next answer; its body by its Content-Length, except to HEAD.
    raw_answer answer(bool to_head = false);
    /// The next `count` bytes; fewer if the connection ends.
    std::string bytes(std::size_t count);
    /// Up to and including `end`; empty if the connection ends before.
    std::string until(std::string_view end);
    /// Waits for the peer's end; true if nothing came before it.
    bool closed_by_peer();
    /// Ends the connection with a reset.
    void reset();
    int socket() const noexcept { return socket_; }

private:
    bool receive();

    int socket_;
    std::string received_;
};

/// A socket that listens on a free port of 127.0.0.1, for tests that play a server.
class raw_listener {
public:
    raw_listener();
    raw_listener(const raw_listener&) = delete;
    raw_listener& operator=(const raw_listener&) = delete;
    ~raw_listener();

    std::uint16_t port() const noexcept { return port_; }
    /// The next connection's socket; the caller closes it.
    int accept();

private:
    int socket_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing
