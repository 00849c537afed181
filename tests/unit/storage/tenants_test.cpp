// What every tenant_repository must do, run against each of them.

#include "storage/tenants.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "sample_tenant.hpp"
#include "storage/open.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

using namespace std::string_literals;

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

class tenants : public ::testing::TestWithParam<std::string> {
protected:
    std::string store_url() const {
        return GetParam() == "memory" ? "memory:" : "sqlite:" + folder_.file("tenants.db");
    }

    std::optional<tenant> find(const std::string& oauth_id) {
        return loop_.run(store_->find(oauth_id));
    }
    std::optional<tenant> put(tenant value, std::int64_t expected) {
        return loop_.run(store_->put(std::move(value), expected));
    }
    bool set_state(const std::string& oauth_id, std::int64_t generation, tenant::status state) {
        return loop_.run(store_->set_state(oauth_id, generation, state));
    }
    bool remove(const std::string& oauth_id, std::int64_t generation) {
        return loop_.run(store_->remove(oauth_id, generation));
    }
    std::vector<std::string> listed(std::optional<tenant::status> state = {},
                                    const std::string& after = "", std::size_t limit = no_limit) {
        std::vector<std::string> ids;
        for (const tenant& found : loop_.run(store_->list(state, after, limit)))
            ids.push_back(found.oauth_id);
        return ids;
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
    std::unique_ptr<tenant_repository> store_ = open_store(loop_, store_url()).tenants;
};

using ids = std::vector<std::string>;

TEST_P(tenants, are_none_at_first) {
    EXPECT_FALSE(find("a"));
    EXPECT_EQ(listed(), ids());
    EXPECT_FALSE(remove("a", 0));
    EXPECT_FALSE(set_state("a", 0, tenant::status::suspended));
}

TEST_P(tenants, are_found_as_they_were_put) {
    const auto stored = put(sample_tenant("a"), 0);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->generation, 1);
    tenant expected = sample_tenant("a");
    expected.generation = 1;
    EXPECT_TRUE(same_tenant(*stored, expected));
    const auto found = find("a");
    ASSERT_TRUE(found);
    EXPECT_TRUE(same_tenant(*found, expected));
}

TEST_P(tenants, keep_their_own_generation_whatever_the_value_says) {
    tenant value = sample_tenant("a");
    value.generation = 77;
    EXPECT_EQ(put(value, 0)->generation, 1);
    EXPECT_EQ(find("a")->generation, 1);
}

TEST_P(tenants, may_leave_out_what_is_optional) {
    tenant value;
    value.oauth_id = "bare";
    ASSERT_TRUE(put(value, 0));
    const auto found = find("bare");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->group_id, std::nullopt);
    EXPECT_EQ(found->room_id, std::nullopt);
    EXPECT_EQ(found->homepage, "");
    EXPECT_TRUE(found->secret.empty());
}

TEST_P(tenants, keep_special_characters_and_the_ends_of_numbers) {
    tenant value = sample_tenant("o'auth\"; DROP TABLE tenants; --\n\xE2\x98\x83%_");
    value.group_name = "nul \0 and snow \xE2\x98\x83 \xF0\x9F\x98\x80"s;
    value.group_id = std::numeric_limits<std::int64_t>::max();
    value.room_id = std::numeric_limits<std::int64_t>::min();
    ASSERT_TRUE(put(value, 0));
    value.generation = 1;
    const auto found = find(value.oauth_id);
    ASSERT_TRUE(found);
    EXPECT_TRUE(same_tenant(*found, value));
    EXPECT_FALSE(find("o'auth"));
}

TEST_P(tenants, tell_names_apart_by_their_bytes) {
    ASSERT_TRUE(put(sample_tenant("a"), 0));
    EXPECT_FALSE(find("A"));
    EXPECT_FALSE(find("a "));
    ASSERT_TRUE(put(sample_tenant("A"), 0));
}

TEST_P(tenants, are_replaced_by_who_knows_the_stored_generation) {
    put(sample_tenant("a"), 0);
    tenant next = sample_tenant("a");
    next.room_id.reset();
    next.secret = hipchat::secret("another");
    const auto stored = put(next, 1);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->generation, 2);
    EXPECT_EQ(find("a")->room_id, std::nullopt);
    EXPECT_EQ(find("a")->secret, hipchat::secret("another"));
}

TEST_P(tenants, are_not_replaced_by_who_knows_another_generation) {
    EXPECT_FALSE(put(sample_tenant("a"), 1));
    EXPECT_FALSE(find("a"));
    put(sample_tenant("a"), 0);
    tenant next = sample_tenant("a");
    next.group_name = "intruder";
    EXPECT_FALSE(put(next, 0));
    EXPECT_FALSE(put(next, 2));
    EXPECT_FALSE(put(next, -1));
    EXPECT_EQ(find("a")->group_name, "Example Group");
    EXPECT_EQ(find("a")->generation, 1);
}

TEST_P(tenants, let_exactly_one_of_many_racers_win) {
    std::vector<task<>> racers;
    int won = 0;
    auto race = [&](int number) -> task<> {
        tenant value = sample_tenant("a");
        value.room_id = number;
        task<std::optional<tenant>> putting = store_->put(std::move(value), 0);
        const std::optional<tenant> stored = co_await putting;
        if (stored) ++won;
    };
    for (int i = 0; i < 20; ++i)
        racers.push_back(race(i));
    for (const std::exception_ptr& failure : loop_.run_all(std::move(racers)))
        EXPECT_EQ(failure, nullptr);
    EXPECT_EQ(won, 1);
    EXPECT_EQ(find("a")->generation, 1);
}

TEST_P(tenants, are_removed_by_who_knows_the_stored_generation) {
    put(sample_tenant("a"), 0);
    put(sample_tenant("b"), 0);
    EXPECT_FALSE(remove("a", 2));
    EXPECT_TRUE(find("a"));
    EXPECT_TRUE(remove("a", 1));
    EXPECT_FALSE(find("a"));
    EXPECT_FALSE(remove("a", 1));
    EXPECT_TRUE(find("b"));
}

TEST_P(tenants, get_a_higher_generation_with_every_install_also_after_an_uninstall) {
    std::int64_t last = 0;
    for (int i = 0; i < 3; ++i) {
        const auto installed = put(sample_tenant("a"), 0);
        ASSERT_TRUE(installed);
        EXPECT_GT(installed->generation, last);
        const auto again = put(sample_tenant("a"), installed->generation);
        ASSERT_TRUE(again);
        EXPECT_GT(again->generation, installed->generation);
        last = again->generation;
        EXPECT_FALSE(remove("a", installed->generation));
        EXPECT_TRUE(remove("a", last));
    }
    EXPECT_EQ(put(sample_tenant("b"), 0)->generation, 1);
}

TEST_P(tenants, change_their_state_for_who_knows_the_generation) {
    put(sample_tenant("a"), 0);
    EXPECT_FALSE(set_state("a", 2, tenant::status::suspended));
    EXPECT_EQ(find("a")->state, tenant::status::active);
    EXPECT_TRUE(set_state("a", 1, tenant::status::suspended));
    EXPECT_EQ(find("a")->state, tenant::status::suspended);
    EXPECT_EQ(find("a")->generation, 1);
    EXPECT_TRUE(set_state("a", 1, tenant::status::suspended));
    EXPECT_TRUE(set_state("a", 1, tenant::status::active));
    EXPECT_EQ(find("a")->state, tenant::status::active);
}

TEST_P(tenants, are_listed_in_the_order_of_their_bytes) {
    const ids names = {"\xC3\xA9", "b", "a", "B", "a b", "ab"};
    for (const std::string& name : names)
        put(sample_tenant(name), 0);
    EXPECT_EQ(listed(), (ids{"B", "a", "a b", "ab", "b", "\xC3\xA9"}));
}

TEST_P(tenants, are_listed_by_state) {
    for (const std::string name : {"a", "b", "c", "d"})
        put(sample_tenant(name), 0);
    set_state("b", 1, tenant::status::suspended);
    set_state("d", 1, tenant::status::suspended);
    EXPECT_EQ(listed(tenant::status::active), (ids{"a", "c"}));
    EXPECT_EQ(listed(tenant::status::suspended), (ids{"b", "d"}));
    EXPECT_EQ(listed(tenant::status::suspended, "b"), (ids{"d"}));
    EXPECT_EQ(listed(), (ids{"a", "b", "c", "d"}));
    remove("d", 1);
    EXPECT_EQ(listed(tenant::status::suspended), (ids{"b"}));
}

TEST_P(tenants, are_listed_page_by_page_without_gaps_or_repeats) {
    ids expected;
    for (int i = 0; i < 25; ++i) {
        expected.push_back("tenant " + std::to_string(100 + i));
        put(sample_tenant(expected.back()), 0);
    }
    ids seen;
    std::string after;
    for (ids page = listed({}, after, 10); !page.empty(); page = listed({}, after, 10)) {
        EXPECT_LE(page.size(), 10U);
        seen.insert(seen.end(), page.begin(), page.end());
        after = page.back();
    }
    EXPECT_EQ(seen, expected);
    EXPECT_EQ(listed({}, "tenant 1005", 1), (ids{"tenant 101"}));
    EXPECT_EQ(listed({}, "", 0), ids());
}

TEST_P(tenants, are_found_by_group_and_by_room) {
    tenant everywhere = sample_tenant("a");
    everywhere.room_id.reset();
    put(everywhere, 0);
    put(sample_tenant("b"), 0);
    tenant elsewhere = sample_tenant("c");
    elsewhere.group_id = 124;
    elsewhere.room_id = 457;
    put(elsewhere, 0);
    put(sample_tenant("d"), 0);
    set_state("d", 1, tenant::status::suspended);
    const auto in = [&](tenant_place place, std::int64_t id, const std::string& after = "",
                        std::size_t limit = no_limit) {
        ids found;
        for (const tenant& one : loop_.run(store_->list_in(place, id, after, limit)))
            found.push_back(one.oauth_id);
        return found;
    };
    EXPECT_EQ(in(tenant_place::group, 123), (ids{"a", "b"}));
    EXPECT_EQ(in(tenant_place::group, 123, "a"), (ids{"b"}));
    EXPECT_EQ(in(tenant_place::group, 123, "", 1), (ids{"a"}));
    EXPECT_EQ(in(tenant_place::group, 124), (ids{"c"}));
    EXPECT_EQ(in(tenant_place::room, 456), (ids{"b"}));
    EXPECT_EQ(in(tenant_place::room, 123), ids());
    remove("b", 1);
    EXPECT_EQ(in(tenant_place::room, 456), ids());
}

TEST_P(tenants, remember_since_when_they_are_installed) {
    EXPECT_EQ(put(sample_tenant("a"), 0)->since, 1);
    EXPECT_EQ(put(sample_tenant("a"), 1)->since, 1);
    EXPECT_EQ(find("a")->since, 1);
    EXPECT_EQ(listed().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(repositories, tenants, ::testing::Values("memory", "sqlite"),
                         [](const auto& chosen) { return chosen.param; });

}  // namespace
}  // namespace hipchat::storage
