#include "raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace hipchat::testing {
namespace {

constexpr timeval patience{10, 0};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void be_patient(int socket) {
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

std::size_t length_in(const std::string& head) {
    const std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    if (at == std::string::npos) return 0;
    std::size_t length = 0;
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

}  // namespace

raw_client::raw_client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    be_patient(socket_);
    connect(port);
}

void raw_client::connect(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("raw_client: cannot connect");
}

raw_client::raw_client(int socket, std::string received)
    : socket_(socket), received_(std::move(received)) {
    be_patient(socket_);
}

raw_client::~raw_client() {
    if (socket_ >= 0) ::close(socket_);
}

bool raw_client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("raw_client: the peer takes nothing");
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void raw_client::end_sending() {
    shutdown(socket_, SHUT_WR);
}

bool raw_client::receive() {
    std::array<char, 65536> some;
    const ssize_t count = recv(socket_, some.data(), some.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        throw std::runtime_error("raw_client: the peer neither answers nor closes");
    if (count <= 0) return false;
    received_.append(some.data(), static_cast<std::size_t>(count));
    return true;
}

std::string raw_client::bytes(std::size_t count) {
    while (received_.size() < count && receive()) {
    }
    const std::string taken = received_.substr(0, count);
    received_.erase(0, taken.size());
    return taken;
}

std::string raw_client::until(std::string_view end) {
    std::size_t at = received_.find(end);
    while (at == std::string::npos) {
        if (!receive()) return {};
        at = received_.find(end);
    }
    return bytes(at + end.size());
}

raw_answer raw_client::answer(bool to_head) {
    raw_answer result;
    std::string head = until("\r\n\r\n");
    if (head.size() < 16) return result;
    head.resize(head.size() - 2);
    const std::size_t length = to_head ? 0 : length_in(head);
    result.head = head;
    result.body = bytes(length);
    if (result.body.size() == length) std::from_chars(&head[9], &head[12], result.status);
    return result;
}

bool raw_client::closed_by_peer() {
    while (receive()) {
    }
    return received_.empty();
}

void raw_client::reset() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket_);
    socket_ = -1;
}

raw_listener::raw_listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0
        || listen(socket_, 64) != 0
        || getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("raw_listener: cannot listen");
    port_ = ntohs(address.sin_port);
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

raw_listener::~raw_listener() {
    ::close(socket_);
}

int raw_listener::accept() {
    const int connected = ::accept(socket_, nullptr, nullptr);
    if (connected < 0) throw std::runtime_error("raw_listener: nobody connects");
    return connected;
}

}  // namespace hipchat::testing
