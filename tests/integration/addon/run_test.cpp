// run() as the greeter has it: banner, settings, signals, exit codes.

#include "hipchat/run.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "protocol/descriptor.hpp"
#include "support/child_process.hpp"
#include "support/contains.hpp"
#include "support/plain_http.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

class greeter_program : public ::testing::Test {
protected:
    std::map<std::string, std::string> variables() const {
        return {{"AC_PORT", "0"}, {"AC_STORE", "sqlite:" + folder_.file("greeter.db")}};
    }

    static std::uint16_t port_of(child_process& program) {
        const auto base = program.line_after("Public descriptor base URL: http://localhost:");
        return base ? static_cast<std::uint16_t>(std::stoi(*base)) : std::uint16_t{0};
    }

    temporary_folder folder_;
};

TEST_F(greeter_program, prints_the_banner_and_ends_with_0_on_sigterm) {
    child_process program(HIPCHAT_GREETER, {}, variables());
    const std::uint16_t port = port_of(program);
    ASSERT_NE(port, 0) << program.complained();
    const std::string line = "--------------------------------------\n";
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0) << program.complained();
    EXPECT_TRUE(program.printed().starts_with(line + "Public descriptor base URL: http://localhost:"
                                              + std::to_string(port) + "\n" + line))
        << program.printed();
}

TEST_F(greeter_program, serves_a_valid_descriptor) {
    child_process program(HIPCHAT_GREETER, {}, variables());
    const std::uint16_t port = port_of(program);
    const plain_answer answer = send(port, {});
    ASSERT_EQ(answer.status, 200);
    const descriptor served = protocol::read_descriptor(answer.body);
    EXPECT_EQ(served.key, "hipchat-greeter");
    EXPECT_EQ(served.self, "http://localhost:" + std::to_string(port) + "/addon/descriptor");
    EXPECT_TRUE(protocol::lint(served).empty());
    program.signal(SIGINT);
    EXPECT_EQ(program.wait(), 0);
}

TEST_F(greeter_program, moves_every_url_with_ac_base_url) {
    std::uint16_t port = 0;
    {
        child_process first(HIPCHAT_GREETER, {}, variables());
        port = port_of(first);
    }
    auto moved = variables();
    moved["AC_BASE_URL"] = "https://example.test";
    moved["AC_PORT"] = std::to_string(port);
    child_process program(HIPCHAT_GREETER, {}, moved);
    EXPECT_EQ(program.line_after("Public descriptor base URL: "), "https://example.test");
    const std::string document = send(port, {}).body;
    const std::string own = "https://example.test/";
    int urls = 0;
    for (std::size_t at = document.find("://"); at != std::string::npos;
         at = document.find("://", at + 1), ++urls)
        EXPECT_EQ(document.compare(at - 5, own.size(), own), 0) << document;
    EXPECT_GE(urls, 3) << document;
    EXPECT_FALSE(contains(document, "localhost"));
}

TEST_F(greeter_program, takes_the_command_line_of_nobody_but_its_own) {
    // The greeter does not pass its arguments on, so they change nothing.
    child_process program(HIPCHAT_GREETER, {"--port", "many"}, variables());
    EXPECT_NE(port_of(program), 0);
}

TEST_F(greeter_program, reports_settings_that_do_not_exist) {
    auto misspelt = variables();
    misspelt["AC_PROT"] = "7000";
    child_process program(HIPCHAT_GREETER, {}, misspelt);
    ASSERT_NE(port_of(program), 0);
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_TRUE(contains(program.complained(), "AC_PROT"));
    EXPECT_FALSE(contains(program.complained(), "AC_PORT"));
}

TEST_F(greeter_program, ends_with_1_and_the_variables_name_when_a_setting_is_wrong) {
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"AC_PORT", "many"},
        {"AC_BASE_URL", "example.test"},
        {"AC_ALLOWED_HOSTS", "https://a/b"},
        {"AC_STORE", "oracle:"}};
    for (const auto& [name, value] : wrong) {
        auto given = variables();
        given[name] = value;
        child_process program(HIPCHAT_GREETER, {}, given);
        EXPECT_EQ(program.wait(), 1) << name;
        EXPECT_TRUE(contains(program.complained(), name));
        EXPECT_TRUE(program.printed().empty());
    }
}

TEST_F(greeter_program, says_in_its_banner_that_this_machine_may_install_it) {
    child_process program(HIPCHAT_GREETER, {}, variables());
    EXPECT_TRUE(program.line_after("For development: "));
}

}  // namespace
}  // namespace hipchat::testing
