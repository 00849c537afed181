#include "traffic/tally.hpp"

#include <algorithm>
#include <cstdio>

namespace hipchat::traffic {
namespace {

// More than that says nothing new.
constexpr std::uint64_t most_shown = 40;

constexpr std::uint64_t least_requests_for_one_late = 100;

std::size_t mebibytes(std::size_t bytes) {
    return bytes / 1024 / 1024;
}

}  // namespace

void tally::count(const std::string& kind, int status, const std::vector<int>& expected,
                  std::string_view said) {
    {
        const std::lock_guard lock(mutex_);
        ++rows_[kind].statuses[status];
    }
    if (std::ranges::find(expected, status) == expected.end())
        complain(kind + ": answered " + std::to_string(status) + ": "
                 + std::string(said.substr(0, 300)));
}

void tally::count_cut(const std::string& kind) {
    const std::lock_guard lock(mutex_);
    ++rows_[kind].cut;
}

void tally::count_late(const std::string& kind) {
    const std::lock_guard lock(mutex_);
    ++rows_[kind].late;
}

void tally::judge_lateness() {
    sums all;
    {
        const std::lock_guard lock(mutex_);
        all = added_up();
    }
    if (all.late * least_requests_for_one_late > all.requests)
        complain("too many answers came too late: " + std::to_string(all.late));
}

// With the lock held.
tally::sums tally::added_up() const {
    sums all;
    for (const auto& [kind, seen] : rows_) {
        for (const auto& [status, count] : seen.statuses)
            all.requests += count;
        all.cut += seen.cut;
        all.late += seen.late;
    }
    return all;
}

void tally::complain(const std::string& what) {
    if (++complaints_ <= most_shown) std::fprintf(stderr, "COMPLAINT %s\n", what.c_str());
}

void tally::measure(const std::string& program, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    memory& known = memories_[program];
    if (known.first == 0) known.first = bytes;
    known.most = std::max(known.most, bytes);
    known.last = bytes;
}

void tally::print() const {
    const std::lock_guard lock(mutex_);
    for (const auto& [kind, seen] : rows_) {
        std::printf("%-44s", kind.c_str());
        for (const auto& [status, count] : seen.statuses)
            std::printf(" %d:%lu", status, count);
        if (seen.cut > 0) std::printf(" cut:%lu", seen.cut);
        if (seen.late > 0) std::printf(" late:%lu", seen.late);
        std::printf("\n");
    }
    for (const auto& [program, known] : memories_)
        std::printf("memory of %s: %zu MiB at first, %zu at most, %zu at last\n", program.c_str(),
                    mebibytes(known.first), mebibytes(known.most), mebibytes(known.last));
    const sums all = added_up();
    std::printf("requests=%lu kinds=%zu cut=%lu late=%lu restarts=%lu complaints=%lu\n",
                all.requests, rows_.size(), all.cut, all.late, restarts_.load(),
                complaints_.load());
}

}  // namespace hipchat::traffic
