#include "traffic/example_program.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "protocol/descriptor.hpp"
#include "support/plain_http.hpp"

namespace hipchat::traffic {
namespace {

// What the sanitizers write, and what the library writes of itself when something is wrong.
constexpr std::array reports{"Sanitizer", "runtime error:", "Assertion",
                             "ended with work under way"};

// Why the handler of an example may fail: its host refuses, the installation has just gone, or a
// damaged body names another room.
constexpr std::array excuses{"no access token: ", " was answered ", "its data can only be read",
                             " is out of reach: "};

// The first line of `log` on which a handler failed without an excuse; empty: there is none.
std::string unexcused_failure(const std::string& log) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);)
        if (line.find("\"a handler failed\"") != std::string::npos
            && std::ranges::none_of(excuses, [&](const char* excuse) {
                   return line.find(excuse) != std::string::npos;
               }))
            return line;
    return {};
}

// How much of a report is shown, from where it begins.
constexpr std::size_t longest_excerpt = 6000;

}  // namespace

example_program::example_program(const std::string& file, tally& counts)
    : file_(file), name_(std::filesystem::path(file).filename()), counts_(counts) {
    start();
    described_ = protocol::read_descriptor(hipchat::testing::send(port_, {.target = "/"}).body);
}

void example_program::start() {
    program_ = std::make_unique<hipchat::testing::child_process>(
        file_, std::vector<std::string>(),
        std::map<std::string, std::string>{
            {"AC_PORT", std::to_string(port_)},
            {"AC_STORE", "sqlite:" + folder_.file("store.db")},
            {"AC_DEBUG", "true"},
        });
    const auto port = program_->line_after("Public descriptor base URL: http://localhost:");
    if (!port) {
        program_->wait();
        throw std::runtime_error(name_ + " did not start: " + program_->complained());
    }
    port_ = static_cast<std::uint16_t>(std::stoi(*port));
    const std::lock_guard lock(mutex_);
    serving_ = true;
    changed_.notify_all();
}

void example_program::wait_until_serving() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return serving_; });
}

void example_program::stop() {
    {
        const std::lock_guard lock(mutex_);
        serving_ = false;
        ++stops_;
    }
    program_->signal(SIGTERM);
    const int code = program_->wait();
    const std::string log = program_->complained();
    if (code != 0) counts_.complain(name_ + " ended with " + std::to_string(code));
    for (const char* report : reports)
        if (const std::size_t at = log.find(report); at != std::string::npos)
            counts_.complain(name_ + ": " + log.substr(at, longest_excerpt));
    if (const std::string line = unexcused_failure(log); !line.empty())
        counts_.complain(name_ + ": " + line.substr(0, longest_excerpt));
}

std::size_t example_program::resident_bytes() const {
    std::ifstream file("/proc/" + std::to_string(program_->pid()) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace hipchat::traffic
