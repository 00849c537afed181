#include "storage/sqlite/database.hpp"

#include <gtest/gtest.h>

#include <array>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage::sqlite {
namespace {

constexpr std::array schema = {
    "CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT;"
    "CREATE TABLE refers (n INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED) STRICT",
};

class databases : public ::testing::Test {
protected:
    std::unique_ptr<database> opened(std::size_t max_waiting = 10'000) {
        database_options options;
        options.path = folder_.file("test.db");
        options.max_waiting = max_waiting;
        return std::make_unique<database>(loop_, options, schema);
    }

    static task<> insert(database& in, int number) {
        auto insertion = [number](connection& on) {
            on.run("INSERT INTO numbers VALUES (?)", number);
        };
        task<> writing = in.write(insertion);
        co_await writing;
    }

    std::int64_t count(database& in) {
        return loop_.run(in.read([](connection& on) {
            statement row = on.query("SELECT count(*) FROM numbers");
            row.step();
            return row.integer(0);
        }));
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
};

TEST_F(databases, give_back_what_a_write_and_a_read_return) {
    const auto store = opened();
    EXPECT_EQ(loop_.run(store->write([](connection& on) {
        return on.run("INSERT INTO numbers VALUES (?), (?)", 1, 2);
    })),
              2);
    EXPECT_EQ(count(*store), 2);
}

TEST_F(databases, take_functions_and_results_that_only_move) {
    const auto store = opened();
    auto number = std::make_unique<int>(7);
    std::unique_ptr<int> result = loop_.run(store->write(
        [number = std::move(number)](connection&) mutable { return std::move(number); }));
    EXPECT_EQ(*result, 7);
}

TEST_F(databases, end_every_call_on_the_loop_thread) {
    const auto store = opened();
    std::thread::id written_on;
    std::thread::id ended_on;
    auto both = [&]() -> task<> {
        auto note = [&](connection&) { written_on = std::this_thread::get_id(); };
        task<> writing = store->write(note);
        co_await writing;
        ended_on = std::this_thread::get_id();
    };
    loop_.run(both());
    EXPECT_EQ(ended_on, std::this_thread::get_id());
    EXPECT_NE(written_on, std::this_thread::get_id());
}

TEST_F(databases, commit_a_thousand_concurrent_writes_in_a_few_transactions) {
    const auto store = opened();
    std::vector<task<>> writes;
    writes.reserve(1000);
    for (int i = 0; i < 1000; ++i)
        writes.push_back(insert(*store, i));
    for (const std::exception_ptr& failure : loop_.run_all(std::move(writes)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(count(*store), 1000);
    EXPECT_GE(store->commits(), 1U);
    EXPECT_LT(store->commits(), 200U);
}

// Keeps the writing thread in one call, in a group of its own, until release(): what is written in
// between is the next group.
class held_writer {
public:
    explicit held_writer(database& in) : in_(in) {}

    task<> hold() {
        auto wait = [this](connection&) {
            started_.set_value();
            released_.get_future().wait();
        };
        task<> writing = in_.write(wait);
        co_await writing;
    }
    task<> wait_until_held() {
        started_.get_future().wait();
        co_return;
    }
    task<> release() {
        released_.set_value();
        co_return;
    }

    /// Runs the works as one group; returns what each threw.
    std::vector<std::exception_ptr> run_group(testing::test_loop& loop, std::vector<task<>> works) {
        std::vector<task<>> all;
        all.push_back(hold());
        all.push_back(wait_until_held());
        for (task<>& work : works)
            all.push_back(std::move(work));
        all.push_back(release());
        std::vector<std::exception_ptr> failures = loop.run_all(std::move(all));
        return {failures.begin() + 2, failures.end() - 1};
    }

private:
    database& in_;
    std::promise<void> started_;
    std::promise<void> released_;
};

// Not a constraint_error: that would tell a caller that its own write broke a rule.
bool is_plain_storage_error(const std::exception_ptr& failure) {
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const constraint_error&) {
        return false;
    } catch (const storage_error&) {
        return true;
    }
    return false;
}

TEST_F(databases, undo_a_failing_write_of_a_group_and_nothing_else) {
    const auto store = opened();
    held_writer held(*store);
    auto failing = [&]() -> task<> {
        auto insert_and_throw = [](connection& on) {
            on.run("INSERT INTO numbers VALUES (?)", 50);
            throw std::runtime_error("changed its mind");
        };
        task<> writing = store->write(insert_and_throw);
        co_await writing;
    };

    std::vector<task<>> works;
    works.push_back(insert(*store, 1));
    works.push_back(failing());
    works.push_back(insert(*store, 1));  // breaks the primary key
    works.push_back(insert(*store, 2));
    const auto failures = held.run_group(loop_, std::move(works));

    EXPECT_EQ(failures[0], nullptr);
    EXPECT_THROW(std::rethrow_exception(failures[1]), std::runtime_error);
    EXPECT_THROW(std::rethrow_exception(failures[2]), constraint_error);
    EXPECT_EQ(failures[3], nullptr);
    EXPECT_EQ(count(*store), 2);
    EXPECT_EQ(store->commits(), 2U);
}

TEST_F(databases, fail_every_write_of_a_group_whose_commit_fails_and_go_on) {
    const auto store = opened();
    held_writer held(*store);
    auto dangling = [&]() -> task<> {
        auto refer = [](connection& on) { on.run("INSERT INTO refers VALUES (?)", 99); };
        task<> writing = store->write(refer);
        co_await writing;
    };

    std::vector<task<>> works;
    works.push_back(insert(*store, 1));
    works.push_back(dangling());
    const auto failures = held.run_group(loop_, std::move(works));

    EXPECT_TRUE(is_plain_storage_error(failures[0]));
    EXPECT_TRUE(is_plain_storage_error(failures[1]));
    EXPECT_EQ(count(*store), 0);
    EXPECT_THROW(loop_.run(dangling()), constraint_error);
    loop_.run(insert(*store, 1));
    EXPECT_EQ(count(*store), 1);
}

TEST_F(databases, fail_only_those_whose_changes_a_lost_transaction_took_along) {
    const auto store = opened();
    held_writer held(*store);
    auto losing = [&]() -> task<> {
        // What a full disk does on its own: the whole transaction is rolled back.
        auto lose = [](connection& on) { on.run("INSERT OR ROLLBACK INTO numbers VALUES (1)"); };
        task<> writing = store->write(lose);
        co_await writing;
    };

    std::vector<task<>> works;
    works.push_back(insert(*store, 1));
    works.push_back(losing());
    works.push_back(insert(*store, 3));
    const auto failures = held.run_group(loop_, std::move(works));

    EXPECT_TRUE(is_plain_storage_error(failures[0]));
    EXPECT_THROW(std::rethrow_exception(failures[1]), constraint_error);
    EXPECT_EQ(failures[2], nullptr);
    EXPECT_EQ(count(*store), 1);
}

TEST_F(databases, refuse_one_more_write_than_may_wait) {
    const auto store = opened(2);
    held_writer held(*store);

    std::vector<task<>> works;
    works.reserve(3);
    for (int i = 0; i < 3; ++i)
        works.push_back(insert(*store, i));
    const auto failures = held.run_group(loop_, std::move(works));

    EXPECT_EQ(failures[0], nullptr);
    EXPECT_EQ(failures[1], nullptr);
    EXPECT_THROW(std::rethrow_exception(failures[2]), overloaded);
    EXPECT_EQ(count(*store), 2);
}

TEST_F(databases, read_what_was_written_before_the_read_was_asked_for) {
    const auto store = opened();
    for (int i = 0; i < 200; ++i) {
        loop_.run(insert(*store, i));
        ASSERT_EQ(count(*store), i + 1);
    }
}

TEST_F(databases, do_not_let_a_read_change_anything) {
    const auto store = opened();
    auto sneaky = [](connection& on) { on.run("INSERT INTO numbers VALUES (1)"); };
    EXPECT_THROW(loop_.run(store->read(sneaky)), storage_error);
    EXPECT_EQ(count(*store), 0);
}

TEST_F(databases, give_a_read_one_state_while_writes_go_on) {
    const auto store = opened();
    std::promise<void> counted;
    std::promise<void> written;
    auto counting_twice = [&](connection& on) {
        auto rows = [&] {
            statement row = on.query("SELECT count(*) FROM numbers");
            row.step();
            return row.integer(0);
        };
        const std::int64_t first = rows();
        counted.set_value();
        written.get_future().wait();
        return rows() - first;
    };
    std::int64_t difference = -1;
    auto reading = [&]() -> task<> {
        task<std::int64_t> asked = store->read(counting_twice);
        difference = co_await asked;
    };
    auto writing = [&]() -> task<> {
        counted.get_future().wait();
        task<> inserting = insert(*store, 1);
        co_await inserting;
        written.set_value();
    };
    std::vector<task<>> works;
    works.push_back(reading());
    works.push_back(writing());
    loop_.run_all(std::move(works));
    EXPECT_EQ(difference, 0);
    EXPECT_EQ(count(*store), 1);
}

TEST_F(databases, finish_the_writes_already_asked_for_when_they_are_destroyed) {
    auto store = opened();
    auto destroying = [&]() -> task<> {
        store.reset();
        co_return;
    };
    std::vector<task<>> works;
    works.reserve(101);
    for (int i = 0; i < 100; ++i)
        works.push_back(insert(*store, i));
    works.push_back(destroying());
    for (const std::exception_ptr& failure : loop_.run_all(std::move(works)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(count(*opened()), 100);
}

}  // namespace
}  // namespace hipchat::storage::sqlite
