// Starts an add-on, asks for its descriptor as soon as it says where it is, and stops it. Prints
// one line of name=value:
//
//   bench_start_up PROGRAM
//
//   start_ms (from fork to the whole answer), rss_kib and anonymous_kib (after that one request)

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include "answer.hpp"
#include "connection.hpp"
#include "process.hpp"

namespace {

// A child process whose output can be read; it gets SIGTERM at the end of its scope.
class child {
public:
    explicit child(char* program) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
        process_ = ::fork();
        if (process_ < 0) fail("fork");
        if (process_ == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            std::array<char*, 2> arguments = {program, nullptr};
            ::execv(program, arguments.data());
            _exit(127);
        }
        ::close(ends[1]);
        output_ = ends[0];
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;
    ~child() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
        ::close(output_);
    }

    pid_t process() const { return process_; }

    // What it has printed once that has `mark` and a whole line behind it.
    std::string wait_for(std::string_view mark) const {
        std::string text;
        std::array<char, 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
        for (;;) {
            const std::size_t at = text.find(mark);
            if (at != std::string::npos && text.find('\n', at) != std::string::npos) return text;
            const ssize_t count = ::read(output_, piece.data(), piece.size());
            if (count <= 0) throw std::runtime_error("the program ended before it was ready");
            text.append(piece.data(), static_cast<std::size_t>(count));
        }
    }

private:
    [[noreturn]] static void fail(const char* what) {
        throw std::system_error(errno, std::generic_category(), what);
    }

    pid_t process_ = -1;
    int output_ = -1;
};

std::uint16_t port_in(std::string_view banner) {
    constexpr std::string_view mark = "http://localhost:";
    const std::size_t at = banner.find(mark);
    std::uint16_t port = 0;
    if (at != std::string_view::npos)
        std::from_chars(banner.data() + at + mark.size(), banner.data() + banner.size(), port);
    if (port == 0) throw std::runtime_error("no port in the banner");
    return port;
}

void ask_for_descriptor(std::uint16_t port) {
    const bench::connection link(port);
    link.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    std::string received;
    std::array<char, 4096> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (;;) {
        const std::size_t count = link.receive(piece.data(), piece.size());
        if (count == 0) throw std::runtime_error("no answer");
        received.append(piece.data(), count);
        const bench::answer answer = bench::read_answer(received);
        if (answer.status == 0 || received.size() < answer.length) continue;
        if (answer.status != 200) throw std::runtime_error("GET / was not answered with 200");
        return;
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 2) throw std::runtime_error("usage: bench_start_up PROGRAM");
        const auto begin = std::chrono::steady_clock::now();
        const child program(argv[1]);
        ask_for_descriptor(port_in(program.wait_for("Public descriptor base URL: ")));
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        const auto rss = bench::memory_kib(program.process(), "VmRSS");
        const auto anonymous = bench::memory_kib(program.process(), "RssAnon");
        std::cout << "start_ms=" << took.count() << " rss_kib=" << rss
                  << " anonymous_kib=" << anonymous << '\n';
        return 0;
    } catch (const std::exception& failed) {
        std::cerr << "bench_start_up: " << failed.what() << '\n';
        return 1;
    }
}
