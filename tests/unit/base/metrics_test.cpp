// Prometheus' text format 0.0.4, and what goes into it.

#include "base/metrics.hpp"

#include <gtest/gtest.h>

namespace hipchat {
namespace {

using namespace std::chrono_literals;

TEST(metrics_page, writes_a_family_with_its_help_and_type) {
    metrics_page page;
    page.counter("a_total", "Things.", {{"addon", "karma"}, {"status", "204"}}, 3);
    page.gauge("b", "Other things.", {}, 7);
    EXPECT_EQ(page.text(),
              "# HELP a_total Things.\n"
              "# TYPE a_total counter\n"
              "a_total{addon=\"karma\",status=\"204\"} 3\n"
              "# HELP b Other things.\n"
              "# TYPE b gauge\n"
              "b 7\n");
}

TEST(metrics_page, keeps_the_samples_of_a_family_together) {
    metrics_page page;
    page.counter("a_total", "Things.", {{"addon", "x"}}, 1);
    page.counter("b_total", "Things.", {{"addon", "x"}}, 2);
    page.counter("a_total", "Things.", {{"addon", "y"}}, 3);
    EXPECT_EQ(page.text(),
              "# HELP a_total Things.\n# TYPE a_total counter\n"
              "a_total{addon=\"x\"} 1\na_total{addon=\"y\"} 3\n"
              "# HELP b_total Things.\n# TYPE b_total counter\nb_total{addon=\"x\"} 2\n");
}

TEST(metrics_page, escapes_the_values_of_labels) {
    metrics_page page;
    page.gauge("a", "x", {{"route", "/a\"b\\c\nd"}}, 1);
    EXPECT_NE(page.text().find(R"(a{route="/a\"b\\c\nd"} 1)"), std::string::npos) << page.text();
}

TEST(metrics_page, cumulates_the_buckets_of_a_histogram) {
    histogram took;
    took.observe(1ms);  // on a border: within it
    took.observe(3ms);
    took.observe(3ms);
    took.observe(1min);  // beyond all of them
    metrics_page page;
    page.seconds("t_seconds", "Time.", {{"addon", "x"}}, took);
    const std::string text = page.text();
    const auto has = [&](const char* line) { return text.find(line) != std::string::npos; };
    EXPECT_TRUE(has("# TYPE t_seconds histogram\n")) << text;
    EXPECT_TRUE(has("t_seconds_bucket{addon=\"x\",le=\"0.001\"} 1\n")) << text;
    EXPECT_TRUE(has("t_seconds_bucket{addon=\"x\",le=\"0.0025\"} 1\n")) << text;
    EXPECT_TRUE(has("t_seconds_bucket{addon=\"x\",le=\"0.005\"} 3\n")) << text;
    EXPECT_TRUE(has("t_seconds_bucket{addon=\"x\",le=\"10\"} 3\n")) << text;
    EXPECT_TRUE(has("t_seconds_bucket{addon=\"x\",le=\"+Inf\"} 4\n")) << text;
    EXPECT_TRUE(has("t_seconds_sum{addon=\"x\"} 60.007\n")) << text;
    EXPECT_TRUE(has("t_seconds_count{addon=\"x\"} 4\n")) << text;
}

TEST(status_counts, count_each_status_by_itself) {
    status_counts served;
    for (const int status : {204, 401, 204, 204})
        served.add(status);
    EXPECT_EQ(served.all(), (std::vector<std::pair<int, std::uint64_t>>{{204, 3}, {401, 1}}));
}

}  // namespace
}  // namespace hipchat
