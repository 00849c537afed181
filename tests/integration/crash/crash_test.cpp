// An add-on that is killed at any moment has no half-installed tenant and has lost nothing that it
// acknowledged.

#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include "addon_under_test.hpp"

namespace hipchat::testing {
namespace {

const std::string tenant = "tenant-1";

class crash : public ::testing::Test {
protected:
    // The names of the steps that `request` leads to, in order.
    template <class Request>
    std::vector<std::string> steps_of(addon_under_test& program, Request request) {
        program.start();
        request();
        program.kill();
        std::vector<std::string> names;
        while (const auto name = program.process().line_after("step "))
            names.push_back(*name);
        return names;
    }

    void install_quietly(addon_under_test& program) {
        program.start();
        ASSERT_EQ(program.install(tenant), 201);
        program.kill();
    }

    void host_cannot_say() {
        host_.answer(scripted_host::token_path,
                     transport::http_response::of(503, "text/plain", "down"));
    }
    void host_says_gone() {
        host_.remove_client(tenant);
        host_.obey(scripted_host::token_path);
    }

    scripted_host host_;
};

using killed_at_each_step = crash;

TEST_F(killed_at_each_step, of_an_install_there_is_no_tenant_or_a_whole_one) {
    addon_under_test observed(host_);
    const auto steps = steps_of(observed, [&] { EXPECT_EQ(observed.install(tenant), 201); });
    ASSERT_EQ(steps.size(), 6U);
    for (std::size_t number = 1; number <= steps.size(); ++number) {
        SCOPED_TRACE(steps[number - 1]);
        addon_under_test program(host_);
        program.start(static_cast<int>(number));
        EXPECT_EQ(program.install(tenant), 0);
        program.wait_until_killed();
        program.expect_sound();
        EXPECT_EQ(program.stored(tenant) != nullptr, steps[number - 1] == "install 6: answer");

        // The host asks again, and goes on.
        program.start();
        EXPECT_EQ(program.install(tenant), 201);
        EXPECT_EQ(program.webhook(tenant), 204);
        program.kill();
        program.expect_sound();
        EXPECT_NE(program.stored(tenant), nullptr);
    }
}

TEST_F(killed_at_each_step, of_an_uninstall_the_tenant_is_there_or_gone) {
    addon_under_test observed(host_);
    install_quietly(observed);
    host_says_gone();
    const auto steps = steps_of(observed, [&] { EXPECT_EQ(observed.uninstall(tenant), 204); });
    ASSERT_EQ(steps.size(), 5U);
    EXPECT_EQ(observed.stored(tenant), nullptr);
    for (std::size_t number = 1; number <= steps.size(); ++number) {
        SCOPED_TRACE(steps[number - 1]);
        addon_under_test program(host_);
        install_quietly(program);
        host_says_gone();
        program.start(static_cast<int>(number));
        EXPECT_EQ(program.uninstall(tenant), 0);
        program.wait_until_killed();
        program.expect_sound();
        EXPECT_EQ(program.stored(tenant) == nullptr, steps[number - 1] == "uninstall 5: answer");

        program.start();
        EXPECT_EQ(program.uninstall(tenant), 204);
        program.kill();
        EXPECT_EQ(program.stored(tenant), nullptr);
    }
}

TEST_F(killed_at_each_step, of_an_unverified_uninstall_the_tenant_is_whole) {
    addon_under_test observed(host_);
    install_quietly(observed);
    host_cannot_say();
    const auto steps = steps_of(observed, [&] { EXPECT_EQ(observed.uninstall(tenant), 202); });
    ASSERT_EQ(steps.size(), 4U);
    for (std::size_t number = 1; number <= steps.size(); ++number) {
        SCOPED_TRACE(steps[number - 1]);
        host_.obey(scripted_host::token_path);
        addon_under_test program(host_);
        install_quietly(program);
        host_cannot_say();
        program.start(static_cast<int>(number));
        EXPECT_EQ(program.uninstall(tenant), 0);
        program.wait_until_killed();
        program.expect_sound();
        ASSERT_NE(program.stored(tenant), nullptr);
        EXPECT_EQ(program.stored(tenant)->state, storage::tenant::status::active);
    }
}

TEST_F(killed_at_each_step, and_after_it_a_suspended_tenant_is_asked_about_again) {
    addon_under_test program(host_);
    install_quietly(program);
    host_cannot_say();
    program.start();
    EXPECT_EQ(program.uninstall(tenant), 202);
    program.kill();
    ASSERT_NE(program.stored(tenant), nullptr);
    EXPECT_EQ(program.stored(tenant)->state, storage::tenant::status::suspended);
    program.expect_sound();

    host_says_gone();
    program.start();
    EXPECT_EQ(program.process().line_after("uninstalled "), tenant);
    program.kill();
    EXPECT_EQ(program.stored(tenant), nullptr);
}

TEST_F(killed_at_each_step, and_right_after_an_answer_what_it_said_holds) {
    addon_under_test program(host_);
    program.start();
    EXPECT_EQ(program.install(tenant), 201);
    program.kill();
    EXPECT_NE(program.stored(tenant), nullptr);
    host_says_gone();
    program.start();
    EXPECT_EQ(program.uninstall(tenant), 204);
    program.kill();
    EXPECT_EQ(program.stored(tenant), nullptr);
}

// What the answers of one life of the add-on promise.
struct promises {
    std::set<std::string> installed;
    std::set<std::string> removed;
    std::set<std::string> uncertain;
};

// Installs, delivers to and uninstalls tenants of its own until the add-on is gone.
promises traffic(const addon_under_test& program, scripted_host& host, const std::string& name,
                 bool keep_first, const std::function<void()>& something_happened) {
    promises made;
    for (int i = 0;; ++i) {
        const std::string id = name + "-" + std::to_string(i);
        made.uncertain.insert(id);
        if (program.install(id) != 201) return made;
        made.uncertain.erase(id);
        made.installed.insert(id);
        something_happened();
        if (program.webhook(id) != 204) return made;
        something_happened();
        if ((i % 2 == 0) == keep_first) continue;
        host.remove_client(id);
        made.installed.erase(id);
        made.uncertain.insert(id);
        if (program.uninstall(id) != 204) return made;
        made.uncertain.erase(id);
        made.removed.insert(id);
        something_happened();
    }
}

class killed_under_traffic : public crash {
protected:
    // One life: it ends when `moment` things have happened, seen by its callers or by its host.
    void live(int round, int moment) {
        program_.start();
        std::atomic<int> left{moment};
        const pid_t victim = program_.process().pid();
        const std::function<void()> something_happened = [&left, victim] {
            if (--left == 0) ::kill(victim, SIGKILL);
        };
        host_.on_request(something_happened);
        std::vector<promises> made(3);
        {
            std::vector<std::jthread> callers;
            for (std::size_t i = 0; i < made.size(); ++i)
                callers.emplace_back([&, i] {
                    const std::string name =
                        "round-" + std::to_string(round) + "-" + std::to_string(i);
                    made[i] = traffic(program_, host_, name, i == 0, something_happened);
                });
        }
        EXPECT_LE(left, 0) << "the add-on refused somebody";
        program_.wait_until_killed();
        host_.on_request({});
        for (promises& one : made) {
            installed_.merge(one.installed);
            removed_.merge(one.removed);
        }
    }

    void check() {
        program_.expect_sound();
        std::set<std::string> found;
        for (const storage::tenant& one : program_.stored())
            found.insert(one.oauth_id);
        for (const std::string& id : installed_)
            EXPECT_TRUE(found.contains(id)) << id << " was lost";
        for (const std::string& id : removed_)
            EXPECT_FALSE(found.contains(id)) << id << " came back";
    }

    addon_under_test program_{host_};
    std::set<std::string> installed_;
    std::set<std::string> removed_;
};

TEST_F(killed_under_traffic, two_hundred_times_it_has_lost_nothing_that_it_acknowledged) {
    const unsigned seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        const int moment = std::uniform_int_distribution<int>(1, 50)(random);
        SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round)
                     + ", killed after " + std::to_string(moment));
        live(round, moment);
        check();
        if (HasFailure()) return;
    }
    EXPECT_GE(installed_.size(), 50U);
    EXPECT_GE(removed_.size(), 50U);
}

}  // namespace
}  // namespace hipchat::testing
