// The delivery of a durable handler is stored before it is acknowledged, and run until it is done.

#include <functional>
#include <future>
#include <map>

#include "hipchat/errors.hpp"
#include "running_addon.hpp"
#include "storage/open.hpp"
#include "storage/sqlite/statement.hpp"
#include "support/contains.hpp"
#include "support/gate.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::testing {
namespace {

using namespace std::chrono_literals;
constexpr const char* message = "/event/room_message";

class durable : public with_host {
protected:
    // Notes each attempt of each message; the first `failing_` attempts of one throw.
    durable() {
        program_
            .on_message("^/order",
                        [this](room_message& event) -> task<> {
                            const std::string text = event.text();
                            attempts_[text].push_back(event.attempt());
                            const bool fails = event.attempt() <= failing_;
                            begun_.add();
                            gate& held = gate_;
                            co_await held;
                            if (fails) throw std::runtime_error("the kitchen is closed");
                            ended_.add();
                        })
            .durable();
    }

    addons::settings in_file() const {
        addons::settings given = running_addon::in_memory();
        given.store = store();
        return given;
    }
    std::string store() const { return "sqlite:" + folder_.file("addon.db"); }

    std::string token() const { return protocol::sign(claims_of(id_, clock_), key_); }
    plain_answer order(const running_addon& at, const std::string& what = "/order soup") const {
        return at.deliver(message, room_message_body(id_, what), token());
    }
    // Lets time pass until what waits is due.
    void pass(running_addon& at, std::chrono::microseconds time) {
        at.thread().call([&] {
            clock_.advance(time);
            at.service().durable().run_due();
        });
    }
    addons::durable_counts counts(running_addon& at) const {
        return at.thread().call([&] { return at.service().durable().counts(); });
    }
    // Waits until so many deliveries have come in; false after 4 s, before a lock is given up.
    static bool accepted(running_addon& at, std::uint64_t count) {
        const auto deadline = std::chrono::steady_clock::now() + 4s;
        while (counts_of(at).accepted < count)
            if (std::chrono::steady_clock::now() > deadline) return false;
        return true;
    }
    std::vector<int> attempts(running_addon& at, const std::string& what = "/order soup") {
        return at.thread().call([&] { return attempts_[what]; });
    }

    // Of the file, while no program has it open.
    void sql(const std::string& script) const {
        storage::sqlite::connection on(folder_.file("addon.db"),
                                       storage::sqlite::access::read_write);
        on.exec(script);
    }
    std::int64_t rows(std::string_view condition = "1") const {
        storage::sqlite::connection on(folder_.file("addon.db"),
                                       storage::sqlite::access::read_only);
        const std::string query = "SELECT count(*) FROM deliveries WHERE " + std::string(condition);
        storage::sqlite::statement row = on.query(query);
        return row.step() ? row.integer(0) : -1;
    }
    // Puts into the store what a program leaves there that is killed while its handler runs.
    void leave_interrupted(const std::string& text, const std::string& route = message) const {
        test_loop loop;
        const storage::repositories left = storage::open_store(loop, store());
        storage::kept_delivery value;
        value.oauth_id = id_;
        value.since = loop.run(left.tenants->find(id_)).value().since;
        value.route = route;
        value.body = room_message_body(id_, text);
        loop.run(left.deliveries->keep(value, {}, 1000));
    }
    void installed_before() {
        running_addon running(program_, in_file(), clock_);
        installed_in(running);
    }

    const temporary_folder folder_;
    manual_clock clock_;
    gate gate_;
    int failing_ = 0;
    std::map<std::string, std::vector<int>> attempts_;  // the loop thread's, while one runs
    counter begun_;
    counter ended_;
};

TEST_F(durable, deliveries_run_once_when_all_is_well) {
    {
        running_addon running(program_, in_file(), clock_);
        installed_in(running);
        EXPECT_EQ(order(running).status, 204);
        ASSERT_TRUE(ended_.wait_for(1));
        EXPECT_EQ(counts(running).kept, 1U);
    }
    EXPECT_EQ(rows(), 0);
    {
        running_addon running(program_, in_file(), clock_);
        pass(running, 24h);
    }
    EXPECT_EQ(attempts_["/order soup"], std::vector<int>{1});
}

TEST_F(durable, deliveries_are_acknowledged_while_they_run_and_waited_for_by_a_drain) {
    gate_.close();
    running_addon running(program_, in_file(), clock_);
    installed_in(running);
    EXPECT_EQ(order(running).status, 204);
    ASSERT_TRUE(begun_.wait_for(1));
    EXPECT_EQ(rows("due IS NULL"), 1);
    std::future<std::size_t> drained = running.begin_drain();
    running.thread().call([&] { gate_.open(); });
    EXPECT_EQ(drained.get(), 0U);
    EXPECT_EQ(ended_.count(), 1);
    EXPECT_EQ(rows(), 0);
}

TEST_F(durable, deliveries_that_were_interrupted_run_after_a_restart_and_say_so) {
    installed_before();
    leave_interrupted("/order soup");
    {
        running_addon running(program_, in_file(), clock_);
        ASSERT_TRUE(ended_.wait_for(1));
        EXPECT_EQ(running.log().count("stored deliveries are taken up count=1"), 1);
    }
    EXPECT_EQ(attempts_["/order soup"], std::vector<int>{2});
    EXPECT_EQ(rows(), 0);
}

TEST_F(durable, deliveries_are_taken_up_in_order_and_a_few_at_a_time) {
    installed_before();
    for (int i = 0; i < 20; ++i)
        leave_interrupted("/order " + std::to_string(i));
    gate_.close();
    running_addon running(program_, in_file(), clock_);
    ASSERT_TRUE(begun_.wait_for(8));
    pass(running, 0s);
    running.thread().call([&] {
        EXPECT_EQ(begun_.count(), 8);
        for (int i = 0; i < 8; ++i)
            EXPECT_TRUE(attempts_.contains("/order " + std::to_string(i))) << i;
        gate_.open();
    });
    EXPECT_TRUE(ended_.wait_for(20));
}

TEST_F(durable, deliveries_whose_handler_throws_run_again_later) {
    failing_ = 2;
    running_addon running(program_, in_file(), clock_);
    installed_in(running);
    EXPECT_EQ(order(running).status, 204);
    ASSERT_TRUE(begun_.wait_for(1));
    pass(running, 1s);
    ASSERT_TRUE(begun_.wait_for(2));
    pass(running, 4s);
    ASSERT_TRUE(ended_.wait_for(1));
    EXPECT_EQ(attempts(running), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(running.log().count("a handler failed"), 2);
    EXPECT_EQ(counts(running).retried, 2U);
}

TEST_F(durable, deliveries_are_given_up_after_eight_attempts_and_kept) {
    failing_ = 100;
    {
        running_addon running(program_, in_file(), clock_);
        installed_in(running);
        counter given_up;
        running.log().on_line([&](const std::string& line) {
            if (contains(line, "a stored delivery is given up")) given_up.add();
        });
        EXPECT_EQ(order(running).status, 204);
        for (int attempt = 1; attempt < addons::most_attempts; ++attempt) {
            ASSERT_TRUE(begun_.wait_for(attempt));
            pass(running, 1h);
        }
        ASSERT_TRUE(given_up.wait_for(1));
        running.log().on_line({});
        pass(running, 24h);
        EXPECT_EQ(counts(running).dead, 1U);
    }
    EXPECT_EQ(begun_.count(), addons::most_attempts);
    EXPECT_EQ(rows("dead = 1"), 1);
    {
        running_addon running(program_, in_file(), clock_);
        pass(running, 24h);
    }
    EXPECT_EQ(begun_.count(), addons::most_attempts);
}

TEST_F(durable, deliveries_of_a_removed_tenant_are_removed_with_it) {
    failing_ = 1;
    {
        running_addon running(program_, in_file(), clock_);
        installed_in(running);
        EXPECT_EQ(order(running).status, 204);
        ASSERT_TRUE(begun_.wait_for(1));
        host_.remove_client(id_);
        EXPECT_EQ(running.uninstall(id_).status, 204);
        pass(running, 24h);
    }
    EXPECT_EQ(begun_.count(), 1);
    EXPECT_EQ(rows(), 0);
}

TEST_F(durable, deliveries_of_an_earlier_installation_are_dropped) {
    installed_before();
    leave_interrupted("/order soup");
    sql("UPDATE deliveries SET since = since + 1");
    {
        running_addon running(program_, in_file(), clock_);
        EXPECT_EQ(running.begin_drain().get(), 0U);
        EXPECT_EQ(counts(running).dropped, 1U);
        EXPECT_EQ(running.log().count("its tenant is not installed any more"), 1);
    }
    EXPECT_EQ(begun_.count(), 0);
    EXPECT_EQ(rows(), 0);
}

TEST_F(durable, deliveries_that_no_handler_takes_any_more_are_dropped_and_logged) {
    installed_before();
    leave_interrupted("/order soup", "/event/room_topic_change");
    leave_interrupted("a text that the pattern does not find");
    leave_interrupted("/order soup", "/event/room_enter");
    program_.on_room_enter([](room_enter&) {});
    {
        running_addon running(program_, in_file(), clock_);
        EXPECT_EQ(running.begin_drain().get(), 0U);
        EXPECT_EQ(counts(running).dropped, 3U);
        EXPECT_EQ(running.log().count("no durable handler takes it any more"), 3);
    }
    EXPECT_EQ(begun_.count(), 0);
    EXPECT_EQ(rows(), 0);
}

TEST_F(durable, deliveries_that_are_repeated_while_they_are_stored_are_not_run_twice) {
    failing_ = 1;
    const std::string same = token();
    const std::string body = room_message_body(id_, "/order soup");
    {
        running_addon running(program_, in_file(), clock_);
        installed_in(running);
        EXPECT_EQ(running.deliver(message, body, same).status, 204);
        ASSERT_TRUE(begun_.wait_for(1));
        EXPECT_EQ(running.deliver(message, body, same).status, 204);
        EXPECT_EQ(counts_of(running).repeated, 1U);
    }
    EXPECT_EQ(rows(), 1);
    running_addon running(program_, in_file(), clock_);
    EXPECT_EQ(running.deliver(message, body, same).status, 204)
        << "this process has not seen it yet";
    EXPECT_EQ(counts_of(running).repeated, 1U);
    EXPECT_EQ(begun_.count(), 1);
    pass(running, 1s);
    ASSERT_TRUE(ended_.wait_for(1));
    EXPECT_EQ(attempts(running), (std::vector<int>{1, 2}));
}

TEST_F(durable, deliveries_that_are_repeated_while_they_are_being_stored_wait_for_the_store) {
    running_addon running(program_, in_file(), clock_);
    installed_in(running);
    const std::string same = token();
    const auto deliver = [&] {
        return running.deliver(message, room_message_body(id_, "/order soup"), same).status;
    };
    storage::sqlite::connection busy(folder_.file("addon.db"), storage::sqlite::access::read_write);
    busy.run("BEGIN IMMEDIATE");
    std::future<int> first = std::async(std::launch::async, deliver);
    EXPECT_TRUE(accepted(running, 1));
    std::future<int> second = std::async(std::launch::async, deliver);
    EXPECT_TRUE(accepted(running, 2)) << "it was acknowledged before anything was stored";
    busy.run("COMMIT");
    EXPECT_EQ(first.get(), 204);
    EXPECT_EQ(second.get(), 204);
    ASSERT_TRUE(ended_.wait_for(1));
    EXPECT_EQ(counts_of(running).repeated, 1U);
    EXPECT_EQ(attempts(running), std::vector<int>{1});
}

TEST_F(durable, deliveries_that_cannot_be_stored_are_refused_and_their_repetition_runs) {
    running_addon running(program_, in_file(), clock_);
    installed_in(running);
    const std::string same = token();
    const std::string body = room_message_body(id_, "/order soup");
    sql("ALTER TABLE deliveries RENAME TO elsewhere");
    const plain_answer refused = running.deliver(message, body, same);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_FALSE(contains(refused.body, "deliveries")) << "internal: " << refused.body;
    EXPECT_EQ(running.log().count("a delivery could not be stored"), 1);
    EXPECT_EQ(counts(running).refused, 1U);
    EXPECT_EQ(begun_.count(), 0);
    sql("ALTER TABLE elsewhere RENAME TO deliveries");
    EXPECT_EQ(running.deliver(message, body, same).status, 204);
    ASSERT_TRUE(ended_.wait_for(1));
    EXPECT_EQ(attempts(running), std::vector<int>{1});
}

TEST_F(durable, deliveries_are_refused_when_too_many_are_stored) {
    addons::settings given = in_file();
    given.durable_deliveries = 1;
    failing_ = 1;
    running_addon running(program_, given, clock_);
    installed_in(running);
    EXPECT_EQ(order(running, "/order soup").status, 204);
    ASSERT_TRUE(begun_.wait_for(1));
    EXPECT_EQ(order(running, "/order bread").status, 503);
    EXPECT_EQ(running.log().count("AC_DURABLE_DELIVERIES=1"), 1);
    pass(running, 1s);
    ASSERT_TRUE(ended_.wait_for(1));
}

TEST_F(durable, deliveries_are_all_taken_while_the_replay_window_is_off) {
    addons::settings given = in_file();
    given.replay_window = 0s;
    running_addon running(program_, given, clock_);
    installed_in(running);
    const std::string same = token();
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(running.deliver(message, room_message_body(id_, "/order soup"), same).status,
                  204);
    EXPECT_TRUE(ended_.wait_for(2));
}

TEST_F(durable, commands_store_what_their_sub_commands_do_and_answer_help_at_once) {
    counter added;
    addon program{about()};
    program.command({.name = "/list", .description = "keeps a list"})
        .sub("add",
             [&](command_call& call) {
                 if (call.attempt() == 1) added.add();
             })
        .durable();
    running_addon running(program, in_file(), clock_);
    installed_in(running);
    EXPECT_EQ(order(running, "/list add soup").status, 204);
    ASSERT_TRUE(added.wait_for(1));
    EXPECT_EQ(order(running, "/list help").status, 200);
    EXPECT_EQ(counts(running).kept, 1U);
}

TEST_F(durable, handlers_may_not_answer) {
    const auto refusal = [this](const std::function<void(addon&)>& declare) -> std::string {
        addon program{about()};
        declare(program);
        try {
            const running_addon running(program, running_addon::in_memory());
        } catch (const config_error& refused) {
            return refused.what();
        }
        return "";
    };
    EXPECT_TRUE(contains(
        refusal([](addon& program) {
            program.on_message("^/ping", [](room_message&) { return "pong"; }).durable();
        }),
        "the handler of the webhook at /event/room_message is durable and answers; let it return"));
    EXPECT_TRUE(contains(refusal([](addon& program) {
                             program.command("/list", [](command_call&) {})
                                 .sub("show", [](command_call&) { return "soup"; })
                                 .durable();
                         }),
                         "command: the sub-command 'show' of /list is durable and answers"));
}

}  // namespace
}  // namespace hipchat::testing
