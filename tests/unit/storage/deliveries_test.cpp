// What every delivery_repository must do, run against each of them.

#include "storage/deliveries.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sample_tenant.hpp"
#include "storage/open.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using ids = std::vector<std::int64_t>;

constexpr std::size_t any_number = 1000;

class deliveries : public ::testing::TestWithParam<std::string> {
protected:
    std::string store_url() const {
        return GetParam() == "memory" ? "memory:" : "sqlite:" + folder_.file("addon.db");
    }

    tenant installed(const std::string& oauth_id) {
        return loop_.run(store_.tenants->put(sample_tenant(oauth_id), 0)).value();
    }
    static kept_delivery of(const tenant& whose, const std::string& body = "{}") {
        kept_delivery value;
        value.oauth_id = whose.oauth_id;
        value.since = whose.since;
        value.route = "/event/room_message";
        value.body = body;
        return value;
    }
    static protocol::sha256_digest key(const std::string& text) { return protocol::sha256(text); }

    keep_result keep(const kept_delivery& value,
                     std::optional<protocol::sha256_digest> known_as = {},
                     std::size_t most = any_number) {
        return loop_.run(store_.deliveries->keep(value, known_as, most));
    }
    std::vector<kept_delivery> take(milliseconds now, std::size_t limit = any_number) {
        return loop_.run(store_.deliveries->take(now, limit));
    }
    ids taken_ids(milliseconds now, std::size_t limit = any_number) {
        ids found;
        for (const kept_delivery& one : take(now, limit))
            found.push_back(one.id);
        return found;
    }
    std::size_t revive() { return loop_.run(store_.deliveries->revive()); }
    void postpone(std::int64_t id, milliseconds due) {
        loop_.run(store_.deliveries->postpone(id, due));
    }
    void remove(std::int64_t id) { loop_.run(store_.deliveries->remove(id)); }
    void bury(std::int64_t id) { loop_.run(store_.deliveries->bury(id)); }
    std::optional<milliseconds> next_due() { return loop_.run(store_.deliveries->next_due()); }

    static task<> keep_dead(delivery_repository& store, kept_delivery value,
                            protocol::sha256_digest known_as) {
        task<keep_result> keeping_it = store.keep(std::move(value), known_as, any_number + 1);
        const keep_result kept = co_await keeping_it;
        task<> burying = store.bury(kept.id);
        co_await burying;
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
    repositories store_ = open_store(loop_, store_url());
};

TEST_P(deliveries, that_are_under_way_are_not_due) {
    EXPECT_EQ(keep(of(installed("a"))).what, keeping::kept);
    EXPECT_EQ(next_due(), std::nullopt);
    EXPECT_EQ(taken_ids(milliseconds::max()), ids());
}

TEST_P(deliveries, that_were_interrupted_come_again_whole_and_in_order) {
    const tenant a = installed("a");
    const std::string body = R"({"message":"'; DROP TABLE deliveries; -- €"})";
    const std::int64_t first = keep(of(a, body)).id;
    const std::int64_t second = keep(of(a)).id;
    EXPECT_LT(first, second);
    EXPECT_EQ(revive(), 2U);
    EXPECT_EQ(next_due(), 0ms);
    const std::vector<kept_delivery> taken = take(0ms);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].id, first);
    EXPECT_EQ(taken[0].oauth_id, "a");
    EXPECT_EQ(taken[0].since, a.since);
    EXPECT_EQ(taken[0].route, "/event/room_message");
    EXPECT_EQ(taken[0].body, body);
    EXPECT_EQ(taken[0].attempt, 2);
    EXPECT_EQ(taken[1].id, second);
    EXPECT_EQ(taken_ids(milliseconds::max()), ids()) << "they are under way";
}

TEST_P(deliveries, are_taken_as_many_as_asked_for) {
    const tenant a = installed("a");
    ids kept;
    for (int i = 0; i < 5; ++i)
        kept.push_back(keep(of(a)).id);
    revive();
    EXPECT_EQ(taken_ids(0ms, 2), (ids{kept[0], kept[1]}));
    EXPECT_EQ(taken_ids(0ms, 2), (ids{kept[2], kept[3]}));
    EXPECT_EQ(taken_ids(0ms, 2), ids{kept[4]});
}

TEST_P(deliveries, that_were_postponed_come_when_they_are_due_and_count_their_attempts) {
    const tenant a = installed("a");
    const std::int64_t late = keep(of(a)).id;
    const std::int64_t soon = keep(of(a)).id;
    postpone(late, 90s);
    postpone(soon, 30s);
    EXPECT_EQ(next_due(), 30s);
    EXPECT_EQ(taken_ids(29'999ms), ids());
    EXPECT_EQ(taken_ids(30s), ids{soon});
    EXPECT_EQ(next_due(), 90s);
    postpone(soon, 60s);
    const std::vector<kept_delivery> taken = take(90s);
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_EQ(taken[0].id, soon) << "it was due first";
    EXPECT_EQ(taken[0].attempt, 3);
    EXPECT_EQ(taken[1].attempt, 2);
}

TEST_P(deliveries, that_are_done_are_gone) {
    const std::int64_t id = keep(of(installed("a"))).id;
    remove(id);
    EXPECT_EQ(revive(), 0U);
    postpone(id, 1s);
    bury(id);
    EXPECT_EQ(taken_ids(milliseconds::max()), ids());
}

TEST_P(deliveries, are_recognised_by_their_key_as_long_as_they_are_kept) {
    const tenant a = installed("a");
    const std::int64_t id = keep(of(a), key("one")).id;
    EXPECT_EQ(keep(of(a), key("one")).what, keeping::known);
    EXPECT_EQ(keep(of(a), key("two")).what, keeping::kept);
    EXPECT_EQ(keep(of(a)).what, keeping::kept);
    EXPECT_EQ(keep(of(a)).what, keeping::kept) << "no key is not a key";
    remove(id);
    EXPECT_EQ(keep(of(a), key("one")).what, keeping::kept);
    EXPECT_EQ(revive(), 4U);
}

TEST_P(deliveries, are_refused_when_there_are_too_many) {
    const tenant a = installed("a");
    const std::int64_t id = keep(of(a), {}, 2).id;
    const std::int64_t dead = keep(of(a), {}, 2).id;
    EXPECT_EQ(keep(of(a), {}, 2).what, keeping::full);
    EXPECT_EQ(revive(), 2U);
    remove(id);
    EXPECT_EQ(keep(of(a), {}, 2).what, keeping::kept);
    EXPECT_EQ(keep(of(a), {}, 2).what, keeping::full);
    bury(dead);
    EXPECT_EQ(keep(of(a), {}, 2).what, keeping::kept) << "the dead do not count";
}

TEST_P(deliveries, that_are_dead_stay_so) {
    const tenant a = installed("a");
    const std::int64_t id = keep(of(a), key("one")).id;
    bury(id);
    EXPECT_EQ(revive(), 0U);
    EXPECT_EQ(next_due(), std::nullopt);
    EXPECT_EQ(taken_ids(milliseconds::max()), ids());
    EXPECT_EQ(keep(of(a), key("one")).what, keeping::known);
}

TEST_P(deliveries, that_are_dead_make_room_for_newer_ones) {
    const tenant a = installed("a");
    std::vector<task<>> works;
    for (std::size_t i = 0; i <= delivery_repository::most_dead; ++i)
        works.push_back(keep_dead(*store_.deliveries, of(a), key(std::to_string(i))));
    loop_.run_all(std::move(works));
    EXPECT_EQ(keep(of(a), key("1")).what, keeping::known);
    EXPECT_EQ(keep(of(a), key("0")).what, keeping::kept);
}

TEST_P(deliveries, go_with_their_tenant) {
    const tenant a = installed("a");
    const tenant b = installed("b");
    keep(of(a), key("one"));
    bury(keep(of(a), key("two")).id);
    const std::int64_t of_b = keep(of(b)).id;
    ASSERT_TRUE(loop_.run(store_.tenants->remove("a", a.generation)));
    EXPECT_EQ(revive(), 1U);
    EXPECT_EQ(taken_ids(0ms), ids{of_b});
    EXPECT_EQ(keep(of(a)).what, keeping::gone);
    const tenant again = installed("a");
    EXPECT_EQ(keep(of(again), key("one")).what, keeping::kept);
    EXPECT_EQ(keep(of(again), key("two")).what, keeping::kept);
}

TEST_P(deliveries, outlive_an_update_of_their_tenant) {
    const tenant a = installed("a");
    const std::int64_t id = keep(of(a)).id;
    ASSERT_TRUE(loop_.run(store_.tenants->put(a, a.generation)));
    revive();
    EXPECT_EQ(taken_ids(0ms), ids{id});
    EXPECT_EQ(keep(of(a)).what, keeping::kept);
}

TEST_P(deliveries, are_not_kept_for_an_earlier_installation) {
    kept_delivery old = of(installed("a"));
    old.since += 1;
    EXPECT_EQ(keep(old).what, keeping::gone);
}

INSTANTIATE_TEST_SUITE_P(in, deliveries, ::testing::Values("memory", "sqlite"),
                         [](const auto& store) { return store.param; });

TEST(deliveries_in_a_file, are_there_after_a_restart) {
    const testing::temporary_folder folder;
    testing::test_loop loop;
    const std::string url = "sqlite:" + folder.file("addon.db");
    kept_delivery value;
    {
        const repositories store = open_store(loop, url);
        const tenant a = loop.run(store.tenants->put(sample_tenant("a"), 0)).value();
        value.oauth_id = a.oauth_id;
        value.since = a.since;
        loop.run(store.deliveries->keep(value, protocol::sha256("one"), any_number));
    }
    const repositories store = open_store(loop, url);
    EXPECT_EQ(loop.run(store.deliveries->keep(value, protocol::sha256("one"), any_number)).what,
              keeping::known);
    EXPECT_EQ(loop.run(store.deliveries->revive()), 1U);
}

}  // namespace
}  // namespace hipchat::storage
