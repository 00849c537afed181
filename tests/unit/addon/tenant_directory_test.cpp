// The cache in front of the store is bounded, asks once, and is never behind.

#include "addon/tenant_directory.hpp"

#include <gtest/gtest.h>

#include "base/spawn.hpp"
#include "storage/memory/tenants.hpp"
#include "support/gate.hpp"

namespace hipchat::addons {
namespace {

using entry = tenant_directory::entry;

storage::tenant tenant_called(std::string id) {
    storage::tenant made;
    made.oauth_id = std::move(id);
    made.secret = secret("first secret");
    return made;
}

// A store that counts its reads, and holds back what it has read until the gate opens.
class held_tenants final : public storage::tenant_repository {
public:
    task<std::optional<storage::tenant>> find(std::string oauth_id) override {
        ++finds;
        std::optional<storage::tenant> found = co_await stored.find(std::move(oauth_id));
        co_await after_read;
        co_return found;
    }
    task<std::optional<storage::tenant>> put(storage::tenant value,
                                             std::int64_t expected) override {
        return stored.put(std::move(value), expected);
    }
    task<bool> set_state(std::string oauth_id, std::int64_t generation,
                         storage::tenant::status state) override {
        return stored.set_state(std::move(oauth_id), generation, state);
    }
    task<bool> remove(std::string oauth_id, std::int64_t generation) override {
        return stored.remove(std::move(oauth_id), generation);
    }
    task<std::vector<storage::tenant>> list(std::optional<storage::tenant::status> state,
                                            std::string after, std::size_t limit) override {
        return stored.list(state, std::move(after), limit);
    }
    task<std::vector<storage::tenant>> list_in(storage::tenant_place place, std::int64_t id,
                                               std::string after, std::size_t limit) override {
        return stored.list_in(place, id, std::move(after), limit);
    }

    storage::memory_tenants stored;
    testing::gate after_read;
    int finds = 0;
};

task<> keep(task<entry> finding, entry& into, int& ended) {
    into = co_await finding;
    ++ended;
}

class directory : public ::testing::Test {
protected:
    // What the store holds before this process looks.
    void stored(const std::string& id) {
        auto putting = [](held_tenants& store, std::string name) -> task<> {
            co_await store.put(tenant_called(std::move(name)), 0);
        };
        run_ready(putting(store_, id));
    }

    template <class T>
    T value_of(task<T> work) {
        std::optional<T> result;
        auto keeping = [](task<T> inner, std::optional<T>& into) -> task<> {
            into.emplace(co_await inner);
        };
        run_ready(keeping(std::move(work), result));
        return std::move(*result);
    }

    held_tenants store_;
    tenant_directory directory_{store_, 2};
};

using tenant_directory_of_2 = directory;

TEST_F(tenant_directory_of_2, reads_a_tenant_once) {
    stored("a");
    EXPECT_EQ(directory_.cached("a"), nullptr);
    const entry found = value_of(directory_.find("a"));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->secret, secret("first secret"));
    EXPECT_EQ(directory_.cached("a"), found);
    EXPECT_EQ(value_of(directory_.find("a")), found);
    EXPECT_EQ(store_.finds, 1);
}

TEST_F(tenant_directory_of_2, does_not_remember_who_is_absent) {
    EXPECT_EQ(value_of(directory_.find("a")), nullptr);
    stored("a");
    EXPECT_NE(value_of(directory_.find("a")), nullptr);
}

TEST_F(tenant_directory_of_2, keeps_no_more_than_its_capacity) {
    for (const char* id : {"a", "b", "c"}) {
        stored(id);
        value_of(directory_.find(id));
    }
    EXPECT_EQ(directory_.cached("a"), nullptr);
    EXPECT_NE(directory_.cached("b"), nullptr);
    EXPECT_NE(directory_.cached("c"), nullptr);
    EXPECT_NE(value_of(directory_.find("a")), nullptr);
}

TEST_F(tenant_directory_of_2, reads_once_for_all_who_ask_at_the_same_time) {
    stored("a");
    store_.after_read.close();
    std::vector<entry> found(100);
    int ended = 0;
    for (entry& one : found)
        spawn(keep(directory_.find("a"), one, ended), [](std::exception_ptr) {});
    EXPECT_EQ(store_.finds, 1);
    EXPECT_EQ(ended, 0);
    store_.after_read.open();
    EXPECT_EQ(ended, 100);
    for (const entry& one : found)
        EXPECT_EQ(one, found.front());
    EXPECT_NE(found.front(), nullptr);
}

TEST_F(tenant_directory_of_2, does_not_keep_what_was_read_before_a_change) {
    stored("a");
    store_.after_read.close();
    entry old;
    int ended = 0;
    spawn(keep(directory_.find("a"), old, ended), [](std::exception_ptr) {});
    storage::tenant changed = tenant_called("a");
    changed.secret = secret("second secret");
    const entry newer = value_of(directory_.put(changed, 1));
    ASSERT_NE(newer, nullptr);
    store_.after_read.open();
    EXPECT_EQ(ended, 1);
    EXPECT_EQ(directory_.cached("a"), newer);
    EXPECT_EQ(directory_.cached("a")->secret, secret("second secret"));
}

TEST_F(tenant_directory_of_2, does_not_bring_back_who_was_removed_during_a_read) {
    stored("a");
    store_.after_read.close();
    entry old;
    int ended = 0;
    spawn(keep(directory_.find("a"), old, ended), [](std::exception_ptr) {});
    EXPECT_TRUE(value_of(directory_.remove("a", 1)));
    store_.after_read.open();
    EXPECT_EQ(directory_.cached("a"), nullptr);
    EXPECT_EQ(value_of(directory_.find("a")), nullptr);
}

TEST_F(tenant_directory_of_2, shows_a_change_at_once) {
    stored("a");
    value_of(directory_.find("a"));
    EXPECT_TRUE(value_of(directory_.set_state("a", 1, storage::tenant::status::suspended)));
    EXPECT_EQ(value_of(directory_.find("a"))->state, storage::tenant::status::suspended);
    EXPECT_TRUE(value_of(directory_.remove("a", 1)));
    EXPECT_EQ(directory_.cached("a"), nullptr);
}

TEST_F(tenant_directory_of_2, says_when_someone_else_was_faster) {
    stored("a");
    EXPECT_EQ(value_of(directory_.put(tenant_called("a"), 0)), nullptr);
    EXPECT_EQ(directory_.cached("a"), nullptr);
    EXPECT_NE(value_of(directory_.put(tenant_called("a"), 1)), nullptr);
    EXPECT_EQ(directory_.cached("a")->generation, 2);
}

}  // namespace
}  // namespace hipchat::addons
