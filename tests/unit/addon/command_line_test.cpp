// The command line goes over the environment.

#include "addon/command_line.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

struct outcome {
    std::optional<int> exit_code;
    std::string printed;
    std::string complained;
};

outcome read(settings& values, std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "addon");
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    outcome result;
    result.exit_code =
        read_command_line(values, static_cast<int>(arguments.size()), arguments.data());
    result.printed = ::testing::internal::GetCapturedStdout();
    result.complained = ::testing::internal::GetCapturedStderr();
    return result;
}

TEST(command_line, goes_over_the_environment) {
    settings values;
    read_environment(values, [](std::string_view name) -> std::optional<std::string> {
        if (name == "AC_PORT") return "7000";
        if (name == "AC_STORE") return "memory:";
        return std::nullopt;
    });
    EXPECT_FALSE(read(values, {"--port", "8000"}).exit_code);
    EXPECT_EQ(values.port, 8000);
    EXPECT_EQ(values.store, "memory:");
}

TEST(command_line, changes_nothing_when_it_is_empty) {
    settings values;
    values.port = 7000;
    EXPECT_FALSE(read(values, {}).exit_code);
    EXPECT_EQ(values.port, 7000);
}

TEST(command_line, refuses_a_wrong_value_by_the_name_of_its_flag) {
    settings values;
    const outcome refused = read(values, {"--port", "many"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_TRUE(contains(refused.complained, "--port"));
    EXPECT_TRUE(contains(refused.complained, "many"));
}

TEST(command_line, refuses_a_flag_that_does_not_exist) {
    settings values;
    EXPECT_EQ(read(values, {"--prot", "5000"}).exit_code, 2);
}

TEST(command_line, lists_every_setting_with_its_variable_for_help) {
    settings values;
    const outcome help = read(values, {"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const setting& row : all_settings()) {
        EXPECT_TRUE(contains(help.printed, std::string(row.flag)));
        EXPECT_TRUE(contains(help.printed, std::string(row.variable)));
    }
}

}  // namespace
}  // namespace hipchat::addons
