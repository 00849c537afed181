#pragma once

#include <memory>

#include "transport/asio_context.hpp"
#include "transport/tls_files.hpp"

namespace hipchat::transport {

/// The server's end of TLS (1.2 and later). What it decrypts is carried on by a pair of sockets
/// within this process, so that what stands behind it reads and writes sockets as it does without
/// TLS, and its limits and time-outs are those of every connection. Loop thread only.
class tls_front {
public:
    /// Throws config_error naming the file that cannot be used.
    explicit tls_front(tls_files files);
    tls_front(const tls_front&) = delete;
    tls_front& operator=(const tls_front&) = delete;
    ~tls_front();

    /// Reads the files again, for connections from now on; throws config_error, and goes on with
    /// those that it had.
    void renew();

    /// Begins to shake hands on a connection. Returns the socket on which what the peer says is
    /// read, and answered; when one of the two closes, so does the other. It is not open if no
    /// descriptor is left.
    tcp_socket decrypted(tcp_socket connection) const;

private:
    class pump;
    struct context;

    static std::shared_ptr<context> read(const tls_files& files);

    tls_files files_;
    std::shared_ptr<context> context_;
};

}  // namespace hipchat::transport
