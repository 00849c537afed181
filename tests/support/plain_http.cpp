#include "support/plain_http.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <system_error>

namespace hipchat::testing {

plain_connection::plain_connection(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr general{};
    std::memcpy(&general, &address, sizeof general);
    connected_ = ::connect(socket_, &general, sizeof general) == 0;
}

plain_connection::~plain_connection() {
    ::close(socket_);
}

void plain_connection::write(std::string_view bytes) const {
    while (connected_ && !bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void plain_connection::end_writing() const {
    ::shutdown(socket_, SHUT_WR);
}

std::string plain_connection::read_all() const {
    std::string all;
    std::array<char, 4096> piece{};
    while (connected_) {
        const ssize_t size = ::recv(socket_, piece.data(), piece.size(), 0);
        if (size <= 0) break;
        all.append(piece.data(), static_cast<std::size_t>(size));
    }
    return all;
}

plain_answer read_answer(const std::string& bytes) {
    plain_answer answer;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos || bytes.size() < 12) return answer;
    std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
    answer.head = bytes.substr(0, end + 2);
    answer.body = bytes.substr(end + 4);
    // An answer that was cut short is none.
    const std::string length = answer.header("Content-Length");
    if (!length.empty() && length != std::to_string(answer.body.size()) && answer.status != 204
        && !answer.body.empty())
        answer.status = 0;
    return answer;
}

std::string plain_answer::header(std::string_view name) const {
    const std::string wanted = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(wanted);
    if (at == std::string::npos) return {};
    const std::size_t from = at + wanted.size();
    return head.substr(from, head.find("\r\n", from) - from);
}

plain_answer send(std::uint16_t port, const plain_request& request) {
    std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto& [name, value] : request.headers)
        bytes += name + ": " + value + "\r\n";
    if (!request.body.empty() || request.method == "POST")
        bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    bytes += "Connection: close\r\n\r\n" + request.body;
    return send_bytes(port, bytes);
}

plain_answer send_bytes(std::uint16_t port, std::string_view bytes) {
    const plain_connection to(port);
    to.write(bytes);
    return read_answer(to.read_all());
}

bool send_and_leave(std::uint16_t port, std::string_view bytes) {
    const plain_connection to(port);
    to.write(bytes);
    return to.connected();
}

}  // namespace hipchat::testing
