#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What is counted while requests are served, and how it is told. Nothing here locks: counters are
// plain numbers that one thread owns, and that thread also writes the page.

namespace hipchat {

/// How long things took, in buckets. One thread.
class histogram {
public:
    /// Upper bounds of the buckets, in seconds; what is longer counts in none of them.
    static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                       0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

    void observe(std::chrono::nanoseconds took) noexcept;

    std::uint64_t count() const noexcept { return count_; }
    double sum_seconds() const noexcept { return static_cast<double>(sum_.count()) / 1e9; }
    /// Observations within bounds[which], not cumulated.
    std::uint64_t within(std::size_t which) const { return buckets_.at(which); }

private:
    std::array<std::uint64_t, bounds.size()> buckets_{};
    std::uint64_t count_ = 0;
    std::chrono::nanoseconds sum_{0};
};

/// Counts by HTTP status. One thread.
class status_counts {
public:
    void add(int status);
    const std::vector<std::pair<int, std::uint64_t>>& all() const noexcept { return counts_; }

private:
    std::vector<std::pair<int, std::uint64_t>> counts_;  // a handful: searched from the front
};

/// Names and values of a sample's labels, in the order in which they are written.
using metric_labels = std::vector<std::pair<std::string_view, std::string>>;

/// A page of metrics in Prometheus' text format 0.0.4. Samples of one name may be added at
/// different times, as for several add-ons; they stand together on the page.
class metrics_page {
public:
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

    /// @param name ends with "_total"
    /// @param help one line
    void counter(std::string_view name, std::string_view help, const metric_labels& labels,
                 std::uint64_t value);
    void gauge(std::string_view name, std::string_view help, const metric_labels& labels,
               std::uint64_t value);
    /// @param name ends with "_seconds"
    void seconds(std::string_view name, std::string_view help, const metric_labels& labels,
                 const histogram& value);

    std::string text() const;

private:
    struct family {
        std::string head;
        std::string samples;
    };

    family& family_of(std::string_view name, std::string_view help, std::string_view type);

    std::map<std::string, family, std::less<>> families_;
};

}  // namespace hipchat
