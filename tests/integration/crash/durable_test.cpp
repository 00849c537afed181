// What a durable handler acknowledged survives SIGKILL: it is run, at least once.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "addon_under_test.hpp"

namespace hipchat::testing {
namespace {

const std::string tenant = "tenant-1";

class killed_after_an_acknowledgement : public ::testing::Test {
protected:
    // The next install is written after all that the add-on has done before.
    void let_it_settle() {
        ASSERT_EQ(program_.install("tenant-" + std::to_string(++installed_)), 201);
    }

    scripted_host host_;
    addon_under_test program_{host_};
    int installed_ = 0;
};

TEST_F(killed_after_an_acknowledgement, a_handler_that_had_not_ended_runs_again_once) {
    program_.start();
    let_it_settle();
    ASSERT_EQ(program_.message(tenant, "/keep hang"), 204);
    ASSERT_TRUE(program_.process().line_after("ran /keep hang"));
    program_.kill();
    EXPECT_EQ(program_.kept_deliveries(), 1);

    program_.start();
    ASSERT_TRUE(program_.process().line_after("ended /keep hang"));
    let_it_settle();
    program_.kill();
    EXPECT_EQ(program_.kept_deliveries(), 0);
    program_.expect_sound();

    program_.start();
    let_it_settle();
    program_.kill();
    EXPECT_FALSE(program_.process().line_after("ran "));
}

TEST_F(killed_after_an_acknowledgement, twenty_times_every_delivery_is_run) {
    program_.start();
    let_it_settle();
    program_.kill();
    std::vector<std::string> waiting;
    for (int round = 0; round < 20; ++round) {
        program_.start();
        for (int i = 0; i <= round % 5; ++i) {
            const std::string text =
                "/keep " + std::to_string(round) + " " + std::to_string(i) + ".";
            ASSERT_EQ(program_.message(tenant, text), 204);
            waiting.push_back(text);
        }
        program_.kill();
        const std::string& printed = program_.process().printed();
        std::erase_if(waiting, [&](const std::string& text) {
            return printed.find("ended " + text) != std::string::npos;
        });
        program_.expect_sound();
    }
    program_.start();
    while (!waiting.empty()) {
        const auto ended = program_.process().line_after("ended ");
        ASSERT_TRUE(ended) << waiting.front() << " was lost";
        std::erase(waiting, *ended);
    }
    program_.kill();
}

}  // namespace
}  // namespace hipchat::testing
