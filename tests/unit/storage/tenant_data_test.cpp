// What every tenant_data_repository must do, run against each of them.

#include "storage/tenant_data.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "sample_tenant.hpp"
#include "storage/open.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

using namespace std::chrono_literals;

class tenant_data : public ::testing::TestWithParam<std::string> {
protected:
    std::string store_url() const {
        return GetParam() == "memory" ? "memory:" : "sqlite:" + folder_.file("addon.db");
    }

    // Installs a tenant and returns where its data are.
    data_partition installed(const std::string& oauth_id,
                             const std::string& tenant_secret = "secret") {
        tenant value = sample_tenant(oauth_id);
        value.secret = hipchat::secret(tenant_secret);
        const auto stored = loop_.run(store_.tenants->put(value, 0));
        return {oauth_id, stored.value().since, data_space::author};
    }
    void removed(const std::string& oauth_id) {
        const auto stored = loop_.run(store_.tenants->find(oauth_id));
        ASSERT_TRUE(loop_.run(store_.tenants->remove(oauth_id, stored.value().generation)));
    }

    std::optional<std::string> get(const data_partition& where, const std::string& key) {
        return loop_.run(store_.data->get(where, key));
    }
    data_change set(const data_partition& where, const std::string& key, const std::string& value) {
        return loop_.run(store_.data->set(where, key, value));
    }
    data_change replace(const data_partition& where, const std::string& key,
                        const std::optional<std::string>& expected, const std::string& value) {
        return loop_.run(store_.data->replace(where, key, expected, value));
    }
    data_change erase(const data_partition& where, const std::string& key) {
        return loop_.run(store_.data->erase(where, key));
    }
    std::vector<std::string> keys(const data_partition& where, const std::string& prefix = "",
                                  const std::string& after = "", std::size_t limit = 1000) {
        std::vector<std::string> found;
        for (const data_entry& one : loop_.run(store_.data->list(where, prefix, after, limit)))
            found.push_back(one.key);
        return found;
    }
    std::size_t purge(std::chrono::seconds now, std::chrono::seconds grace) {
        return loop_.run(store_.data->purge(now, grace));
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
    repositories store_ = open_store(loop_, store_url());
};

using names = std::vector<std::string>;

TEST_P(tenant_data, are_none_at_first) {
    const data_partition a = installed("a");
    EXPECT_EQ(get(a, "k"), std::nullopt);
    EXPECT_EQ(keys(a), names());
    EXPECT_EQ(erase(a, "k"), data_change::differs);
}

TEST_P(tenant_data, are_found_as_they_were_set) {
    const data_partition a = installed("a");
    EXPECT_EQ(set(a, "k", "one"), data_change::done);
    EXPECT_EQ(get(a, "k"), "one");
    EXPECT_EQ(set(a, "k", "two"), data_change::done);
    EXPECT_EQ(get(a, "k"), "two");
    EXPECT_EQ(get(a, "K"), std::nullopt);
    EXPECT_EQ(erase(a, "k"), data_change::done);
    EXPECT_EQ(get(a, "k"), std::nullopt);
}

TEST_P(tenant_data, keep_special_characters) {
    const data_partition a = installed("a'; DROP TABLE tenant_data; --");
    const std::string odd("%_'\"\n\xE2\x98\x83 nul \0 after", 20);
    EXPECT_EQ(set(a, odd, odd), data_change::done);
    EXPECT_EQ(get(a, odd), odd);
    EXPECT_EQ(keys(a, odd), names{odd});
    EXPECT_EQ(keys(a, "%"), names{odd});
    EXPECT_EQ(keys(a, "_"), names());
}

TEST_P(tenant_data, of_one_tenant_are_not_those_of_another) {
    const data_partition a = installed("a");
    const data_partition b = installed("b");
    set(a, "k", "of a");
    EXPECT_EQ(get(b, "k"), std::nullopt);
    EXPECT_EQ(keys(b), names());
    set(b, "k", "of b");
    EXPECT_EQ(erase(b, "k"), data_change::done);
    EXPECT_EQ(get(a, "k"), "of a");
}

TEST_P(tenant_data, of_the_author_are_not_those_of_the_library) {
    const data_partition author = installed("a");
    data_partition library = author;
    library.space = data_space::library;
    set(author, "k", "author's");
    set(library, "k", "library's");
    EXPECT_EQ(get(author, "k"), "author's");
    EXPECT_EQ(get(library, "k"), "library's");
    EXPECT_EQ(erase(library, "k"), data_change::done);
    EXPECT_EQ(keys(author), names{"k"});
    EXPECT_EQ(keys(library), names());
}

TEST_P(tenant_data, are_replaced_only_if_they_are_what_was_expected) {
    const data_partition a = installed("a");
    EXPECT_EQ(replace(a, "k", "x", "y"), data_change::differs);
    EXPECT_EQ(replace(a, "k", std::nullopt, "x"), data_change::done);
    EXPECT_EQ(replace(a, "k", std::nullopt, "z"), data_change::differs);
    EXPECT_EQ(replace(a, "k", "X", "z"), data_change::differs);
    EXPECT_EQ(get(a, "k"), "x");
    EXPECT_EQ(replace(a, "k", "x", "y"), data_change::done);
    EXPECT_EQ(get(a, "k"), "y");
}

TEST_P(tenant_data, let_exactly_one_of_many_racers_replace_them) {
    const data_partition a = installed("a");
    int won = 0;
    auto race = [&](int number) -> task<> {
        task<data_change> replacing =
            store_.data->replace(a, "k", std::nullopt, std::to_string(number));
        const data_change ended = co_await replacing;
        if (ended == data_change::done) ++won;
    };
    std::vector<task<>> racers;
    for (int i = 0; i < 20; ++i)
        racers.push_back(race(i));
    for (const std::exception_ptr& failure : loop_.run_all(std::move(racers)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(won, 1);
}

TEST_P(tenant_data, are_listed_by_prefix_page_by_page_without_gaps_or_repeats) {
    const data_partition a = installed("a");
    names expected;
    for (int i = 0; i < 25; ++i) {
        expected.push_back("score:" + std::to_string(100 + i));
        set(a, expected.back(), std::to_string(i));
    }
    for (const char* other : {"a", "score", "score;", "t"})
        set(a, other, "x");
    names seen;
    std::string after;
    for (names page = keys(a, "score:", after, 10); !page.empty();
         page = keys(a, "score:", after, 10)) {
        EXPECT_LE(page.size(), 10U);
        seen.insert(seen.end(), page.begin(), page.end());
        after = page.back();
    }
    EXPECT_EQ(seen, expected);
    EXPECT_EQ(keys(a, "", "score:124"), (names{"score;", "t"}));
    EXPECT_EQ(keys(a, "score:", "a", 1), names{"score:100"});
    EXPECT_EQ(keys(a, "score:", "t"), names());
    EXPECT_EQ(keys(a, "", "", 0), names());
    EXPECT_EQ(loop_.run(store_.data->list(a, "score:101", "", 9)).at(0).value, "1");
}

TEST_P(tenant_data, stay_when_the_tenant_is_updated) {
    const data_partition a = installed("a");
    set(a, "k", "kept");
    tenant next = sample_tenant("a");
    next.secret = hipchat::secret("another");
    const auto updated = loop_.run(store_.tenants->put(next, 1));
    ASSERT_TRUE(updated);
    EXPECT_EQ(updated->since, a.since);
    EXPECT_EQ(loop_.run(store_.tenants->find("a"))->since, a.since);
    EXPECT_EQ(get(a, "k"), "kept");
    EXPECT_EQ(set(a, "k", "changed"), data_change::done);
}

TEST_P(tenant_data, of_a_removed_tenant_can_be_read_but_not_changed) {
    const data_partition a = installed("a");
    set(a, "k", "v");
    removed("a");
    EXPECT_EQ(get(a, "k"), "v");
    EXPECT_EQ(keys(a), names{"k"});
    EXPECT_EQ(set(a, "k", "w"), data_change::gone);
    EXPECT_EQ(replace(a, "k", "v", "w"), data_change::gone);
    EXPECT_EQ(erase(a, "k"), data_change::gone);
    EXPECT_EQ(get(a, "k"), "v");
}

TEST_P(tenant_data, of_a_removed_tenant_are_purged_after_the_grace_period) {
    const data_partition a = installed("a");
    const data_partition b = installed("b");
    set(a, "k", "v");
    set(b, "k", "v");
    EXPECT_EQ(purge(1000s, 0s), 0U);
    removed("a");
    EXPECT_EQ(purge(2000s, 100s), 0U);
    EXPECT_EQ(purge(2099s, 100s), 0U);
    EXPECT_EQ(get(a, "k"), "v");
    EXPECT_EQ(purge(2100s, 100s), 1U);
    EXPECT_EQ(get(a, "k"), std::nullopt);
    EXPECT_EQ(get(b, "k"), "v");
    EXPECT_EQ(purge(9999s, 100s), 0U);
}

TEST_P(tenant_data, of_the_library_go_with_their_tenant) {
    data_partition a = installed("a", "same secret");
    data_partition b = installed("b");
    a.space = b.space = data_space::library;
    set(a, "k", "v");
    set(b, "k", "v");
    removed("a");
    EXPECT_EQ(get(a, "k"), std::nullopt);
    EXPECT_EQ(get(b, "k"), "v");
    EXPECT_EQ(installed("a", "same secret").since, a.since);
    EXPECT_EQ(get(a, "k"), std::nullopt);
}

TEST_P(tenant_data, are_purged_however_many_they_are) {
    const data_partition a = installed("a");
    std::vector<task<>> writes;
    auto write = [&](int number) -> task<> {
        task<data_change> setting = store_.data->set(a, std::to_string(number), "v");
        co_await setting;
    };
    for (int i = 0; i < 1201; ++i)
        writes.push_back(write(i));
    loop_.run_all(std::move(writes));
    removed("a");
    EXPECT_EQ(purge(1s, 0s), 1201U);
    EXPECT_EQ(keys(a), names());
}

TEST_P(tenant_data, come_back_with_a_tenant_that_proves_to_be_the_same) {
    const data_partition before = installed("a", "same secret");
    set(before, "k", "v");
    removed("a");
    purge(1000s, 100s);
    const data_partition again = installed("a", "same secret");
    EXPECT_EQ(again.since, before.since);
    EXPECT_EQ(get(again, "k"), "v");
    EXPECT_EQ(set(again, "k", "w"), data_change::done);
    EXPECT_EQ(purge(9000s, 100s), 0U);
    EXPECT_EQ(get(again, "k"), "w");
    removed("a");
    EXPECT_EQ(purge(9001s, 0s), 1U);
}

TEST_P(tenant_data, do_not_come_back_for_another_secret_or_another_host) {
    const data_partition before = installed("a", "same secret");
    set(before, "k", "v");
    removed("a");
    const data_partition again = installed("a", "another secret");
    EXPECT_NE(again.since, before.since);
    EXPECT_EQ(get(again, "k"), std::nullopt);
    EXPECT_EQ(set(before, "k", "w"), data_change::gone);
    EXPECT_EQ(set(again, "k", "new"), data_change::done);
    removed("a");

    tenant moved = sample_tenant("a");
    moved.secret = hipchat::secret("same secret");
    moved.capabilities_url = "https://elsewhere.example/capabilities";
    EXPECT_NE(loop_.run(store_.tenants->put(moved, 0))->since, before.since);
    EXPECT_EQ(purge(1s, 0s), 2U);
    EXPECT_EQ(get(before, "k"), std::nullopt);
    EXPECT_EQ(get(again, "k"), std::nullopt);
}

TEST_P(tenant_data, do_not_come_back_once_purged) {
    const data_partition before = installed("a", "same secret");
    set(before, "k", "v");
    removed("a");
    EXPECT_EQ(purge(1000s, 0s), 1U);
    const data_partition again = installed("a", "same secret");
    EXPECT_NE(again.since, before.since);
    EXPECT_EQ(get(again, "k"), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(repositories, tenant_data, ::testing::Values("memory", "sqlite"),
                         [](const auto& chosen) { return chosen.param; });

}  // namespace
}  // namespace hipchat::storage
