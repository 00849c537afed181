#include "base/log.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace hipchat {
namespace {

static_assert(std::is_constructible_v<log_field, std::string_view, std::string>);
static_assert(std::is_constructible_v<log_field, std::string_view, int>);
static_assert(!std::is_constructible_v<log_field, std::string_view, secret>);
static_assert(!std::is_constructible_v<log_field, std::string_view, secret&>);

// What one call wrote, without its time.
template <class Write>
std::string line_of(Write write) {
    testing::internal::CaptureStderr();
    write();
    std::string line = testing::internal::GetCapturedStderr();
    return line.size() < 25 ? line : line.substr(25);
}

TEST(log, writes_one_line_with_named_values) {
    EXPECT_EQ(line_of([] {
                  stderr_logger().info("installed",
                                       {{"tenant", "5d1c2f8e"}, {"room", 4021}, {"delta", -1}});
              }),
              "info installed tenant=5d1c2f8e room=4021 delta=-1\n");
}

TEST(log, begins_with_the_time_in_utc) {
    testing::internal::CaptureStderr();
    stderr_logger().warning("x");
    const std::string line = testing::internal::GetCapturedStderr();
    const std::string shape = "dddd-dd-ddTdd:dd:dd.dddZ ";
    ASSERT_GT(line.size(), shape.size());
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 'd')
            EXPECT_TRUE(line[i] >= '0' && line[i] <= '9') << line;
        else
            EXPECT_EQ(line[i], shape[i]) << line;
    }
}

TEST(log, drops_what_is_below_its_level) {
    EXPECT_EQ(line_of([] { stderr_logger().debug("quiet"); }), "");
    EXPECT_EQ(line_of([] { null_logger().error("quiet", {{"a", 1}}); }), "");
}

TEST(log, quotes_values_that_would_not_read_as_one_word) {
    EXPECT_EQ(line_of([] {
                  stderr_logger().error(
                      "two words",
                      {{"a", "b c"}, {"d", "e=f"}, {"g", ""}, {"h", R"(say "hi" \ there)"}});
              }),
              R"(error "two words" a="b c" d="e=f" g="" h="say \"hi\" \\ there")"
              "\n");
}

TEST(log, lets_no_control_character_through) {
    std::string every;
    for (char c = 1; c < 0x20; ++c)
        every += c;
    every += '\x7F';
    EXPECT_EQ(line_of([&] { stderr_logger().info("x", {{"value", every}}); }),
              "info x value=" + std::string(32, '?') + "\n");
    EXPECT_EQ(line_of([] { stderr_logger().info("forged\ninfo line"); }),
              "info \"forged?info line\"\n");
}

TEST(log, leaves_queries_out_of_urls) {
    EXPECT_EQ(without_query("http://h/p?signed_request=x"), "http://h/p");
    EXPECT_EQ(without_query("http://h/p#x?y"), "http://h/p");
    EXPECT_EQ(without_query("http://h/p"), "http://h/p");
}

}  // namespace
}  // namespace hipchat
