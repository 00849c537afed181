// Work that no request asked for: at the start, again and again, for all tenants.

#include "hipchat/data.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace std::chrono_literals;
using names = std::vector<std::string>;

class working_by_itself : public with_host {
protected:
    plain_answer install(const running_addon& running, const std::string& id,
                         std::optional<std::int64_t> room = 4021) {
        return running.install(host_.installation(id, secret("secret of " + id), room));
    }

    static names names_in(running_addon& running, tenant_range range) {
        names found;
        running.thread().run([&]() -> task<> { return collect(range, found); });
        return found;
    }
    // Named: g++ 12 awaits a copy of a captured variable.
    static task<> pass(gate& held) { co_await held; }
    static task<> collect(tenant_range& range, names& found) {
        while (const auto one = co_await range.next())
            found.push_back(one->oauth_id());
    }
};

TEST_F(working_by_itself, an_addon_starts_and_comes_again) {
    counter started;
    counter again;
    program_.on_start([&](background&) { started.add(); });
    program_.every(2ms, [&](background&) -> task<> {
        again.add();
        co_return;
    });
    const running_addon running(program_);
    EXPECT_TRUE(started.wait_for(1));
    EXPECT_TRUE(again.wait_for(3));
    EXPECT_EQ(started.count(), 1);
}

TEST_F(working_by_itself, an_addon_reaches_its_tenants_and_their_rooms) {
    counter posted;
    program_.every(2ms, [&](background& now) -> task<> {
        const auto found = co_await now.tenants().find(id_);
        if (!found || posted.count() > 0) co_return;
        posted.add();
        co_await found->room(4021).send_notification("still here");
    });
    running_addon running(program_);
    installed_in(running);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(working_by_itself, a_drain_waits_for_it) {
    counter begun;
    gate held;
    held.close();
    counter ended;
    program_.on_start([&](background&) -> task<> {
        begun.add();
        auto waiting = pass(held);
        co_await waiting;
        ended.add();
    });
    running_addon running(program_);
    ASSERT_TRUE(begun.wait_for(1));
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(drained.wait_for(0ms), std::future_status::timeout);
    running.thread().call([&] { held.open(); });
    EXPECT_EQ(drained.get(), 0U);
    EXPECT_EQ(ended.count(), 1);
}

TEST_F(working_by_itself, tenants_are_found_by_id_group_and_room) {
    running_addon running(program_);
    for (const char* id : {"a", "b"})
        ASSERT_EQ(install(running, id).status, 201);
    ASSERT_EQ(install(running, "c", 7).status, 201);
    ASSERT_EQ(install(running, "d", std::nullopt).status, 201);
    const tenants all = program_.tenants();
    const std::string host = host_.base();
    EXPECT_EQ(names_in(running, all.all()), (names{"a", "b", "c", "d"}));
    EXPECT_EQ(names_in(running, all.in_room(host, 4021)), (names{"a", "b"}));
    EXPECT_EQ(names_in(running, all.in_group(host, 1)), (names{"a", "b", "c", "d"}));
    EXPECT_EQ(names_in(running, all.in_group(host, 2)), names());
    EXPECT_EQ(names_in(running, all.in_group("https://elsewhere.example", 1)), names());
    running.thread().run([&]() -> task<> {
        const auto found = co_await all.find("c");
        EXPECT_EQ(found.value().room_id(), 7);
        EXPECT_EQ(found->host(), host);
        EXPECT_THROW(found->room(8), config_error);
        const auto nobody = co_await all.find("x");
        EXPECT_FALSE(nobody);
    });
    host_.remove_client("a");
    EXPECT_EQ(running.uninstall("a").status, 204);
    EXPECT_EQ(names_in(running, all.in_room(host, 4021)), names{"b"});
}

TEST_F(working_by_itself, more_tenants_than_a_page_are_each_seen_once) {
    running_addon running(program_);
    names expected;
    for (int i = 0; i < 205; ++i) {
        expected.push_back("tenant-" + std::to_string(1000 + i));
        ASSERT_EQ(install(running, expected.back()).status, 201);
    }
    EXPECT_EQ(names_in(running, program_.tenants().all()), expected);
}

TEST_F(working_by_itself, an_addon_that_does_not_run_has_no_tenants) {
    EXPECT_THROW(program_.tenants(), config_error);
    {
        const running_addon running(program_);
    }
    EXPECT_THROW(program_.tenants(), config_error);
}

// Its first purge notes the removal, a later one removes the data.
TEST_F(working_by_itself, data_of_a_removed_tenant_are_purged) {
    std::optional<tenant_data> data;
    counter stored;
    program_.on_installed([&](installed& event) -> task<> {
        data = event.tenant().data();
        co_await data->set("k", 1);
        stored.add();
    });
    addons::settings given = running_addon::in_memory();
    given.data_grace = 0s;
    running_addon running(program_, given);
    installed_in(running);
    ASSERT_TRUE(stored.wait_for(1));
    const auto purge = [&] {
        running.thread().run([&]() -> task<> { return running.service().purge_data(); });
    };
    const auto kept = [&] {
        bool found = false;
        running.thread().run([&]() -> task<> { found = (co_await data->get("k")).has_value(); });
        return found;
    };
    purge();
    EXPECT_TRUE(kept());
    host_.remove_client(id_);
    ASSERT_EQ(running.uninstall(id_).status, 204);
    EXPECT_TRUE(kept());
    purge();
    EXPECT_FALSE(kept());
    EXPECT_EQ(running.log().count("purged the data of removed tenants entries=1"), 1);
}

}  // namespace
}  // namespace hipchat::testing
