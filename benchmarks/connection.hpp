#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <utility>

namespace bench {

/// A blocking TCP connection to this machine.
class connection {
public:
    /// Throws std::system_error if nothing listens there.
    explicit connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return;
        const int failed = errno;
        close();
        throw std::system_error(failed, std::generic_category(), "cannot connect");
    }
    connection(connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    connection& operator=(connection&&) = delete;
    ~connection() { close(); }

    int descriptor() const { return socket_; }
    bool send(std::string_view bytes) const {
        return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL)
               == static_cast<ssize_t>(bytes.size());
    }
    /// Bytes received; 0 at the end or after an error.
    std::size_t receive(char* to, std::size_t most) const {
        const ssize_t count = ::recv(socket_, to, most, 0);
        return count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    void close() {
        if (const int open = std::exchange(socket_, -1); open >= 0) ::close(open);
    }

private:
    int socket_;
};

}  // namespace bench
