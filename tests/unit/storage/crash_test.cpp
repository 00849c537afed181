// What was acknowledged is in the file, whenever its writer was killed.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <random>
#include <set>
#include <stdexcept>
#include <string>

#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/tenants.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

// A running crash_writer, and what it has printed so far.
class writer {
public:
    explicit writer(std::string path) {
        std::array<int, 2> ends = {-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::string program = HIPCHAT_CRASH_WRITER;
        const std::array<char*, 3> arguments = {program.data(), path.data(), nullptr};
        const int failed =
            ::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (failed != 0) throw std::runtime_error("cannot start " + program);
    }
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;
    ~writer() {
        kill();
        ::close(output_);
    }

    /// Reads what it prints until `lines` are there or the time is over.
    void read_until(std::size_t lines, std::chrono::steady_clock::time_point deadline) {
        while (count() < lines) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            pollfd waiting = {output_, POLLIN, 0};
            const int timeout = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
            if (::poll(&waiting, 1, timeout) <= 0 || !read_some()) return;
        }
    }

    void kill() {
        if (process_ == 0) return;
        ::kill(process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself";
        while (read_some()) {
        }
    }

    std::size_t count() const {
        return static_cast<std::size_t>(std::count(printed_.begin(), printed_.end(), '\n'));
    }
    const std::string& printed() const { return printed_; }

private:
    bool read_some() {
        std::array<char, 4096> piece{};
        const ssize_t size = ::read(output_, piece.data(), piece.size());
        if (size <= 0) return false;
        printed_.append(piece.data(), static_cast<std::size_t>(size));
        return true;
    }

    pid_t process_ = 0;
    int output_ = -1;
    std::string printed_;
};

// What the printed lines promise about the file.
struct promises {
    std::set<std::string> installed;
    std::set<std::string> removed;

    void add(const std::string& printed) {
        std::size_t begin = 0;
        for (std::size_t end = printed.find('\n'); end != std::string::npos;
             begin = end + 1, end = printed.find('\n', begin)) {
            const std::string id = printed.substr(begin + 1, end - begin - 1);
            (printed[begin] == '+' ? installed : removed).insert(id);
        }
    }
};

void check_kept(const std::string& path, const promises& promised) {
    testing::test_loop loop;
    std::set<std::string> found;
    {
        const auto store = open_sqlite_tenants(loop, path);
        for (const tenant& stored : loop.run(store->list({}, "", 1'000'000))) {
            EXPECT_EQ(stored.secret, hipchat::secret("secret of " + stored.oauth_id));
            EXPECT_EQ(stored.authorization_url, "https://host.example/users/authorize");
            found.insert(stored.oauth_id);
        }
    }
    // Of those that were to be uninstalled, the last may be gone without having been printed.
    for (const std::string& id : promised.installed)
        EXPECT_TRUE(id.starts_with("gone") || found.contains(id)) << id << " was lost";
    for (const std::string& id : promised.removed)
        EXPECT_FALSE(found.contains(id)) << id << " came back";
    sqlite::connection on(path, sqlite::access::read_only);
    sqlite::statement check = on.query("PRAGMA integrity_check");
    ASSERT_TRUE(check.step());
    EXPECT_EQ(check.text(0), "ok");
}

// Half of the kills come after a number of acknowledgements, half after some time, which also meets
// the opening of the file.
void let_write_and_kill(writer& victim, int round, std::mt19937& random) {
    const auto now = std::chrono::steady_clock::now();
    if (round % 2 == 0) {
        const std::size_t lines = std::uniform_int_distribution<std::size_t>(1, 300)(random);
        victim.read_until(lines, now + std::chrono::seconds(30));
        EXPECT_GE(victim.count(), lines);
    } else {
        const std::chrono::milliseconds time(std::uniform_int_distribution<int>(0, 60)(random));
        victim.read_until(1'000'000, now + time);
    }
    victim.kill();
}

TEST(a_killed_writer, has_lost_nothing_that_it_acknowledged) {
    const testing::temporary_folder folder;
    const std::string path = folder.file("tenants.db");
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    promises promised;
    for (int round = 0; round < 20; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        writer victim(path);
        let_write_and_kill(victim, round, random);
        promised.add(victim.printed());
        check_kept(path, promised);
        if (::testing::Test::HasFailure()) break;
    }
    EXPECT_GE(promised.installed.size(), 10U);
}

TEST(a_killed_writer, does_not_disturb_another_process_on_the_same_file) {
    const testing::temporary_folder folder;
    const std::string path = folder.file("tenants.db");
    const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    promises promised;
    {
        // Both start at once on a file that does not exist.
        writer survivor(path);
        for (int round = 0; round < 5; ++round) {
            writer victim(path);
            victim.read_until(20, soon);
            EXPECT_GE(victim.count(), 20U);
            victim.kill();
            promised.add(victim.printed());
            const std::size_t before = survivor.count();
            survivor.read_until(before + 20, soon);
            EXPECT_GE(survivor.count(), before + 20);
        }
        survivor.kill();
        promised.add(survivor.printed());
    }
    check_kept(path, promised);
}

}  // namespace
}  // namespace hipchat::storage
