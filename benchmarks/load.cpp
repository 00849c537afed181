// Sends every request of a file once, over keep-alive connections with one request under way on
// each, and prints one line of name=value:
//
//   bench_load PORT REQUESTS SERVER-PROCESS [CONNECTIONS]
//
//   seconds, rate (answers a second), cpu_us (run time of the server's threads an answer),
//   server_share and own_share (of a core each), p50_us, p99_us, answers, errors (connections
//   lost), and how many answers had which status (s204=...)
//
// Exit 1 if a connection was lost or an answer was not 204.

#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "answer.hpp"
#include "connection.hpp"
#include "process.hpp"
#include "request_file.hpp"

namespace {

using steady = std::chrono::steady_clock;

constexpr int silence_ms = 30'000;

struct peer {
    explicit peer(std::uint16_t port) : link(port) {}

    bench::connection link;
    std::array<char, 4096> buffer{};
    std::size_t filled = 0;
    steady::time_point sent;
};

class load {
public:
    load(const bench::request_file& requests, std::uint16_t port, std::size_t connections)
        : requests_(requests), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
        latencies_.reserve(requests.count());
        peers_.reserve(connections);
        for (std::size_t i = 0; i < connections; ++i) {
            peers_.emplace_back(port);
            epoll_event wanted = {};
            wanted.events = EPOLLIN;
            wanted.data.u64 = i;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, peers_.back().link.descriptor(), &wanted);
        }
    }
    load(const load&) = delete;
    load& operator=(const load&) = delete;
    ~load() { ::close(epoll_); }

    void run() {
        for (peer& each : peers_)
            send_next(each);
        std::array<epoll_event, 64> ready;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        while (under_way_ > 0) {
            const int count = ::epoll_wait(epoll_, ready.data(), ready.size(), silence_ms);
            if (count == 0) throw std::runtime_error("the server has stopped answering");
            for (int i = 0; i < count; ++i)
                take(peers_[ready[static_cast<std::size_t>(i)].data.u64]);
        }
    }

    /// Nanoseconds from sending a request to its answer.
    std::vector<std::uint32_t>& latencies() { return latencies_; }
    const std::map<int, std::size_t>& statuses() const { return statuses_; }
    std::size_t errors() const { return errors_; }

private:
    void send_next(peer& to) {
        if (next_ == requests_.count()) return;
        to.sent = steady::now();
        if (to.link.send(requests_[next_])) {
            ++next_;
            ++under_way_;
        } else {
            lose(to);
        }
    }

    void take(peer& from) {
        const std::size_t count =
            from.link.receive(from.buffer.data() + from.filled, from.buffer.size() - from.filled);
        if (count == 0) {
            --under_way_;
            lose(from);
            return;
        }
        from.filled += count;
        const bench::answer answer = bench::read_answer({from.buffer.data(), from.filled});
        if (answer.status == 0 || from.filled < answer.length) return;
        latencies_.push_back(static_cast<std::uint32_t>((steady::now() - from.sent).count()));
        ++statuses_[answer.status];
        from.filled = 0;
        --under_way_;
        send_next(from);
    }

    void lose(peer& which) {
        ++errors_;
        which.link.close();
    }

    const bench::request_file& requests_;
    int epoll_;
    std::vector<peer> peers_;
    std::size_t next_ = 0;
    std::size_t under_way_ = 0;
    std::size_t errors_ = 0;
    std::map<int, std::size_t> statuses_;
    std::vector<std::uint32_t> latencies_;
};

double own_cpu_seconds() {
    rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// In microseconds. `fraction` of the answers came within it.
double percentile(std::vector<std::uint32_t>& latencies, double fraction) {
    if (latencies.empty()) return 0;
    const auto rank = std::ceil(fraction * static_cast<double>(latencies.size())) - 1;
    const auto at = latencies.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(latencies.begin(), at, latencies.end());
    return *at / 1e3;
}

template <class Number>
Number number_in(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size())
        throw std::runtime_error("'" + std::string(text) + "' is not a number in range");
    return value;
}

bool measure(load& under_test, pid_t server) {
    const double own_before = own_cpu_seconds();
    const std::uint64_t server_before = bench::run_time(server);
    const steady::time_point begin = steady::now();
    under_test.run();
    const std::chrono::duration<double> took = steady::now() - begin;
    const auto server_ran = static_cast<double>(bench::run_time(server) - server_before);
    const double own_ran = own_cpu_seconds() - own_before;

    auto& latencies = under_test.latencies();
    const auto answers = static_cast<double>(latencies.size());
    std::printf(
        "seconds=%.3f rate=%.0f cpu_us=%.3f server_share=%.2f own_share=%.2f p50_us=%.0f "
        "p99_us=%.0f answers=%zu "
        "errors=%zu",
        took.count(), answers / took.count(), server_ran / 1e3 / answers,
        server_ran / 1e9 / took.count(), own_ran / took.count(), percentile(latencies, 0.5),
        percentile(latencies, 0.99), latencies.size(), under_test.errors());
    bool well = under_test.errors() == 0;
    for (const auto& [status, count] : under_test.statuses()) {
        std::printf(" s%d=%zu", status, count);
        if (status != 204) well = false;
    }
    std::printf("\n");
    return well;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 4 && argc != 5)
            throw std::runtime_error(
                "usage: bench_load PORT REQUESTS SERVER-PROCESS [CONNECTIONS]");
        const bench::request_file requests(argv[2]);
        const auto connections = argc == 5 ? number_in<std::size_t>(argv[4]) : 64;
        load under_test(requests, number_in<std::uint16_t>(argv[1]), connections);
        return measure(under_test, number_in<pid_t>(argv[3])) ? 0 : 1;
    } catch (const std::exception& failed) {
        std::cerr << "bench_load: " << failed.what() << '\n';
        return 1;
    }
}
