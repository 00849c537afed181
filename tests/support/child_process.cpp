#include "support/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace hipchat::testing {
namespace {

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        if (!line.starts_with("AC_")) all.emplace_back(line);
    }
    for (const auto& [name, value] : variables)
        all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

}  // namespace

child_process::child_process(std::string program, std::vector<std::string> arguments,
                             const std::map<std::string, std::string>& variables) {
    std::array<int, 2> ends = {-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    output_ = ends[0];
    // A file, so that a talkative program never waits for this test to read.
    errors_ = ::memfd_create("errors", MFD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors_, STDERR_FILENO);
    arguments.insert(arguments.begin(), program);
    std::vector<std::string> environment = environment_with(variables);
    const int failed = ::posix_spawn(&process_, program.c_str(), &actions, nullptr,
                                     pointers(arguments).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) throw std::runtime_error("cannot start " + program);
}

child_process::~child_process() {
    if (!ended_) {
        signal(SIGKILL);
        wait();
    }
    ::close(output_);
    ::close(errors_);
}

void child_process::signal(int number) const {
    if (!ended_) ::kill(process_, number);
}

bool child_process::read_some() {
    pollfd waiting = {output_, POLLIN, 0};
    if (::poll(&waiting, 1, 30'000) <= 0) {
        // It hangs; whoever waits for it must not.
        signal(SIGKILL);
        return false;
    }
    std::array<char, 4096> piece{};
    const ssize_t size = ::read(output_, piece.data(), piece.size());
    if (size <= 0) return false;
    printed_.append(piece.data(), static_cast<std::size_t>(size));
    return true;
}

std::optional<std::string> child_process::line_after(std::string_view start) {
    while (true) {
        const std::size_t end = printed_.find('\n', searched_);
        if (end == std::string::npos) {
            if (!read_some()) return std::nullopt;
            continue;
        }
        const std::string line = printed_.substr(searched_, end - searched_);
        searched_ = end + 1;
        if (line.starts_with(start)) return line.substr(start.size());
    }
}

int child_process::wait() {
    if (ended_) return *ended_;
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(process_, &status, 0);
    ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return *ended_;
}

std::string child_process::complained() {
    std::string text;
    std::array<char, 4096> piece{};
    off_t at = 0;
    while (true) {
        const ssize_t size = ::pread(errors_, piece.data(), piece.size(), at);
        if (size <= 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(size));
        at += size;
    }
}

}  // namespace hipchat::testing
