#include "storage/sqlite/tenants.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>

#include "sample_tenant.hpp"
#include "storage/sqlite/schema.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

class sqlite_files : public ::testing::Test {
protected:
    std::unique_ptr<tenant_repository> opened() { return open_sqlite_tenants(loop_, path_); }

    static mode_t mode_of(const std::string& path) {
        struct stat found{};
        if (::stat(path.c_str(), &found) != 0) return 0;
        return found.st_mode & 07777U;
    }

    std::string refusal() {
        try {
            opened();
        } catch (const storage_error& error) {
            return error.what();
        }
        return "";
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
    std::string path_ = folder_.file("tenants.db");
};

TEST_F(sqlite_files, keep_tenants_and_generations_when_they_are_closed) {
    {
        const auto store = opened();
        loop_.run(store->put(sample_tenant("kept"), 0));
        loop_.run(store->put(sample_tenant("gone"), 0));
        loop_.run(store->remove("gone", 1));
    }
    const auto store = opened();
    const auto found = loop_.run(store->find("kept"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->secret, hipchat::secret("secret of kept"));
    EXPECT_FALSE(loop_.run(store->find("gone")));
    EXPECT_EQ(loop_.run(store->put(sample_tenant("gone"), 0))->generation, 2);
}

TEST_F(sqlite_files, are_readable_by_their_owner_only) {
    const mode_t before = ::umask(0);
    const auto store = opened();
    loop_.run(store->put(sample_tenant("a"), 0));
    ::umask(before);
    EXPECT_EQ(mode_of(path_), 0600U);
    EXPECT_EQ(mode_of(path_ + "-wal"), 0600U);
    EXPECT_EQ(mode_of(path_ + "-shm"), 0600U);
}

TEST_F(sqlite_files, hold_everything_themselves_once_they_are_closed) {
    {
        const auto store = opened();
        loop_.run(store->put(sample_tenant("a"), 0));
        EXPECT_TRUE(std::filesystem::exists(path_ + "-wal"));
    }
    EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
    EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

TEST_F(sqlite_files, written_by_a_newer_version_are_refused_and_left_alone) {
    opened();
    {
        sqlite::connection on(path_, sqlite::access::read_write);
        on.exec("PRAGMA user_version = 99");
    }
    const std::string why = refusal();
    EXPECT_NE(why.find(path_), std::string::npos) << why;
    EXPECT_NE(why.find("newer version"), std::string::npos) << why;
    EXPECT_NE(why.find("99"), std::string::npos) << why;
    sqlite::connection on(path_, sqlite::access::read_only);
    sqlite::statement version = on.query("PRAGMA user_version");
    ASSERT_TRUE(version.step());
    EXPECT_EQ(version.integer(0), 99);
}

TEST_F(sqlite_files, that_are_something_else_are_refused_by_name) {
    std::ofstream(path_) << std::string(5000, 'x');
    const std::string why = refusal();
    EXPECT_NE(why.find(path_), std::string::npos) << why;
    EXPECT_NE(why.find("not a database"), std::string::npos) << why;
}

TEST_F(sqlite_files, in_a_missing_folder_are_refused_by_name) {
    path_ = folder_.file("missing/tenants.db");
    const std::string why = refusal();
    EXPECT_NE(why.find(path_), std::string::npos) << why;
}

// Two databases share nothing but the file, as two processes would.
TEST_F(sqlite_files, show_one_opener_what_another_wrote) {
    const auto first = opened();
    const auto second = opened();
    loop_.run(first->put(sample_tenant("a"), 0));
    ASSERT_TRUE(loop_.run(second->find("a")));
    EXPECT_FALSE(loop_.run(second->put(sample_tenant("a"), 0)));
    EXPECT_TRUE(loop_.run(second->put(sample_tenant("a"), 1)));
    EXPECT_EQ(loop_.run(first->find("a"))->generation, 2);
    EXPECT_TRUE(loop_.run(first->remove("a", 2)));
    EXPECT_FALSE(loop_.run(second->find("a")));
}

TEST_F(sqlite_files, let_one_of_two_openers_win_every_race) {
    const auto first = opened();
    const auto second = opened();
    std::array<int, 2> won = {0, 0};
    auto race = [&](tenant_repository& store, int racer, int number) -> task<> {
        task<std::optional<tenant>> putting =
            store.put(sample_tenant("tenant " + std::to_string(number)), 0);
        const std::optional<tenant> stored = co_await putting;
        if (stored) ++won.at(static_cast<std::size_t>(racer));
    };
    std::vector<task<>> racers;
    for (int i = 0; i < 100; ++i) {
        racers.push_back(race(*first, 0, i));
        racers.push_back(race(*second, 1, i));
    }
    for (const std::exception_ptr& failure : loop_.run_all(std::move(racers)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(won[0] + won[1], 100);
}

TEST_F(sqlite_files, may_be_created_by_many_at_once) {
    std::vector<std::string> failures(8);
    std::vector<std::thread> openers;
    openers.reserve(failures.size());
    std::latch all_there(8);
    for (std::string& failure : failures)
        openers.emplace_back([&] {
            testing::test_loop loop;
            all_there.arrive_and_wait();
            try {
                const auto store = open_sqlite_tenants(loop, path_);
                loop.run(store->put(sample_tenant("a"), 0));
            } catch (const std::exception& error) {
                failure = error.what();
            }
        });
    for (std::thread& opener : openers)
        opener.join();
    EXPECT_EQ(failures, std::vector<std::string>(8));
    EXPECT_EQ(loop_.run(opened()->find("a"))->generation, 1);
}

TEST_F(sqlite_files, store_a_thousand_concurrent_installs_with_few_commits) {
    sqlite_tenants store(sqlite::open_addon_database(loop_, path_));
    auto install = [&](int number) -> task<> {
        task<std::optional<tenant>> putting =
            store.put(sample_tenant("tenant " + std::to_string(number)), 0);
        const std::optional<tenant> stored = co_await putting;
        if (!stored) throw std::runtime_error("not stored");
    };
    std::vector<task<>> installs;
    installs.reserve(1000);
    for (int i = 0; i < 1000; ++i)
        installs.push_back(install(i));
    for (const std::exception_ptr& failure : loop_.run_all(std::move(installs)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_LT(store.commits(), 200U);
    EXPECT_EQ(loop_.run(store.list({}, "", 2000)).size(), 1000U);
}

}  // namespace
}  // namespace hipchat::storage
