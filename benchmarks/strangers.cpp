// Keeps connections to a server that do it no good, from another address of this machine, and
// opens each again as soon as the server closes it:
//
//   bench_strangers PORT ADDRESS IDLE SLOW SECONDS
//
//   IDLE connections say nothing. SLOW ones send a request of which one byte comes every 200 ms,
//   every second one its headers, the others its body.
//
// Prints "ready" once all have been opened, and at its end one line of name=value: opened (with
// those that were opened again), closed (by the server), refused (408 and the like, before that).

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds drip{200};
// When a stranger who has been turned away comes back.
constexpr milliseconds back_off{1000};

constexpr std::string_view dripping_head =
    "POST /event/room_enter HTTP/1.1\r\nHost: a\r\nX-Padding: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
constexpr std::string_view whole_head =
    "POST /event/room_enter HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n";

template <class Number>
Number number_in(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size())
        throw std::runtime_error("'" + std::string(text) + "' is not a number in range");
    return value;
}

enum class manner { idle, slow_head, slow_body };

struct stranger {
    manner how = manner::idle;
    int socket = -1;
    std::size_t said = 0;
    steady::time_point next;  // when to drip, or to come back
};

class crowd {
public:
    crowd(std::uint16_t port, const char* address, std::size_t idle, std::size_t slow)
        : epoll_(::epoll_create1(EPOLL_CLOEXEC)), strangers_(idle + slow) {
        from_.sin_family = to_.sin_family = AF_INET;
        if (::inet_pton(AF_INET, address, &from_.sin_addr) != 1)
            throw std::runtime_error(std::string(address) + " is no IPv4 address");
        to_.sin_port = htons(port);
        to_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (std::size_t i = idle; i < strangers_.size(); ++i)
            strangers_[i].how = i % 2 == 0 ? manner::slow_head : manner::slow_body;
        for (std::size_t i = 0; i < strangers_.size(); ++i)
            open(i);
    }
    crowd(const crowd&) = delete;
    crowd& operator=(const crowd&) = delete;
    ~crowd() { ::close(epoll_); }

    void stay(std::chrono::seconds time) {
        const steady::time_point end = steady::now() + time;
        std::array<epoll_event, 64> ready;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        while (steady::now() < end) {
            const int count = ::epoll_wait(epoll_, ready.data(), ready.size(), 20);
            for (const epoll_event& event :
                 std::span(ready).first(static_cast<std::size_t>(std::max(count, 0))))
                listen_to(event.data.u64);
            for (std::size_t i = 0; i < strangers_.size(); ++i)
                act(i);
        }
    }

    void report() const {
        std::printf("opened=%zu closed=%zu refused=%zu\n", opened_, closed_, refused_);
    }

private:
    void open(std::size_t which) {
        stranger& one = strangers_[which];
        one.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (one.socket < 0)
            throw std::runtime_error("too few descriptors: raise the limit (ulimit -n)");
        one.said = 0;
        one.next = steady::now() + drip;
        ::bind(one.socket, reinterpret_cast<const sockaddr*>(&from_), sizeof from_);
        ::connect(one.socket, reinterpret_cast<const sockaddr*>(&to_), sizeof to_);
        epoll_event wanted = {};
        wanted.events = EPOLLIN | EPOLLRDHUP;
        wanted.data.u64 = which;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.socket, &wanted);
        ++opened_;
    }

    void listen_to(std::size_t which) {
        stranger& one = strangers_[which];
        if (one.socket < 0) return;
        std::array<char, 1024> heard{};
        const ssize_t count = ::recv(one.socket, heard.data(), heard.size(), 0);
        if (count > 0) {
            ++refused_;
            return;
        }
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
        ::close(one.socket);
        one.socket = -1;
        one.next = steady::now() + back_off;
        ++closed_;
    }

    void act(std::size_t which) {
        stranger& one = strangers_[which];
        if (steady::now() < one.next) return;
        if (one.socket < 0) {
            open(which);
            return;
        }
        one.next = steady::now() + drip;
        std::string_view words = one.how == manner::slow_head ? dripping_head : whole_head;
        if (one.how == manner::idle) return;
        if (one.how == manner::slow_body && one.said == 0) {
            one.said = words.size();
        } else {
            words = one.said < words.size() ? words.substr(one.said, 1) : std::string_view("x");
            ++one.said;
        }
        // Whether it is taken does not matter; an end is heard.
        static_cast<void>(::send(one.socket, words.data(), words.size(), MSG_NOSIGNAL));
    }

    int epoll_;
    sockaddr_in from_ = {};
    sockaddr_in to_ = {};
    std::vector<stranger> strangers_;
    std::size_t opened_ = 0;
    std::size_t closed_ = 0;
    std::size_t refused_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
        if (arguments.size() != 6)
            throw std::runtime_error("usage: bench_strangers PORT ADDRESS IDLE SLOW SECONDS");
        crowd all(number_in<std::uint16_t>(arguments[1]), arguments[2],
                  number_in<std::size_t>(arguments[3]), number_in<std::size_t>(arguments[4]));
        std::cout << "ready" << std::endl;
        all.stay(std::chrono::seconds(number_in<int>(arguments[5])));
        all.report();
        return 0;
    } catch (const std::exception& failed) {
        std::cerr << "bench_strangers: " << failed.what() << '\n';
        return 1;
    }
}
