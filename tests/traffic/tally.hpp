#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::traffic {

/// What was sent and what came of it. Safe from every thread.
class tally {
public:
    /// An answer to a request of that kind; a status that is not expected is a complaint. 0 stands
    /// for a connection that ended without an answer.
    void count(const std::string& kind, int status, const std::vector<int>& expected,
               std::string_view said);
    /// A request that a restart cut off.
    void count_cut(const std::string& kind);
    /// One that was answered otherwise than it should be, after a time limit had passed: the
    /// machine was too busy, or something hangs. More than one in a hundred requests is a
    /// complaint, which judge_lateness() makes at the end.
    void count_late(const std::string& kind);
    void judge_lateness();
    void count_restart() { ++restarts_; }
    void complain(const std::string& what);
    /// Memory of a program, in bytes; the most and the last of each are shown.
    void measure(const std::string& program, std::size_t bytes);

    std::uint64_t complaints() const noexcept { return complaints_; }
    /// Prints a line a kind, and the sums.
    void print() const;

private:
    struct row {
        std::map<int, std::uint64_t> statuses = {};
        std::uint64_t cut = 0;
        std::uint64_t late = 0;
    };
    struct sums {
        std::uint64_t requests = 0;
        std::uint64_t cut = 0;
        std::uint64_t late = 0;
    };
    struct memory {
        std::size_t first = 0;
        std::size_t most = 0;
        std::size_t last = 0;
    };

    sums added_up() const;

    mutable std::mutex mutex_;
    std::map<std::string, row> rows_;
    std::map<std::string, memory> memories_;
    std::atomic<std::uint64_t> restarts_ = 0;
    std::atomic<std::uint64_t> complaints_ = 0;
};

}  // namespace hipchat::traffic
