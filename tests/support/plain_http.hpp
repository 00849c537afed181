#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hipchat::testing {

/// An answer as it came, for tests that must not share code with what they test.
struct plain_answer {
    int status = 0;  ///< 0: the connection ended before an answer
    std::string head = {};
    std::string body = {};

    /// Value of a header; empty if absent.
    std::string header(std::string_view name) const;
};

struct plain_request {
    std::string method = "GET";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
};

/// A connection to 127.0.0.1, closed at its end. Reading blocks for at most 30 s.
class plain_connection {
public:
    explicit plain_connection(std::uint16_t port);
    plain_connection(const plain_connection&) = delete;
    plain_connection& operator=(const plain_connection&) = delete;
    ~plain_connection();

    bool connected() const noexcept { return connected_; }
    void write(std::string_view bytes) const;
    /// The other side sees the end of what is sent; reading goes on.
    void end_writing() const;
    /// All until the other side closes.
    std::string read_all() const;

private:
    int socket_;
    bool connected_ = false;
};

/// Sends one request to 127.0.0.1 on a connection of its own and blocks for the answer, for at
/// most 30 s.
plain_answer send(std::uint16_t port, const plain_request& request);

/// Sends these bytes and nothing else, and reads until the other side closes.
plain_answer send_bytes(std::uint16_t port, std::string_view bytes);

/// The first answer in what was read from a connection.
plain_answer read_answer(const std::string& bytes);

/// Sends these bytes and closes at once; false if there was no connection.
bool send_and_leave(std::uint16_t port, std::string_view bytes);

}  // namespace hipchat::testing
