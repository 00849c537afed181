// What an add-on keeps for a tenant: its own, and nobody else's.

#include "hipchat/data.hpp"

#include "running_addon.hpp"
#include "support/contains.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

using entries = std::vector<tenant_data::entry>;

// Both kinds of store behave alike; a file outlives the add-on.
class data_of_a_tenant : public with_host, public ::testing::WithParamInterface<std::string> {
protected:
    addons::settings given() const {
        addons::settings made = running_addon::in_memory();
        if (GetParam() == "sqlite") made.store = "sqlite:" + folder_.file("addon.db");
        return made;
    }

    void SetUp() override {
        program_.on_installed([this](installed& event) {
            const std::lock_guard lock(mutex_);
            tenants_.insert_or_assign(event.tenant().oauth_id(), event.tenant());
            announced_.add();
        });
    }

    // Installs the add-on and returns the tenant as the author's handler saw it.
    tenant installed_as(running_addon& running, const std::string& id) {
        const int before = announced_.count();
        EXPECT_EQ(running.install(host_.installation(id, secret("secret of " + id))).status, 201);
        EXPECT_TRUE(announced_.wait_for(before + 1));
        const std::lock_guard lock(mutex_);
        return tenants_.at(id);
    }

    // Does `work` as a handler would.
    static void in(running_addon& running, const std::function<task<>()>& work) {
        running.thread().run(work);
    }

    template <class Error>
    static std::string refusal(running_addon& running, const std::function<task<>()>& work) {
        try {
            running.thread().run(work);
        } catch (const Error& refused) {
            return refused.what();
        }
        return "";
    }

    temporary_folder folder_;
    counter announced_;
    std::mutex mutex_;
    std::map<std::string, tenant> tenants_;
};

TEST_P(data_of_a_tenant, is_json_by_key) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    in(running, [&]() -> task<> {
        const json::value stored = {{"name", "Ada"}, {"list", {1, 2.5, nullptr, true}}};
        EXPECT_EQ(co_await data.get("k"), std::nullopt);
        co_await data.set("k", stored);
        EXPECT_EQ(co_await data.get("k"), stored);
        co_await data.set("k", "text");
        EXPECT_EQ(co_await data.get("k"), json::value("text"));
        EXPECT_TRUE(co_await data.erase("k"));
        EXPECT_FALSE(co_await data.erase("k"));
        EXPECT_EQ(co_await data.get("k"), std::nullopt);
    });
}

TEST_P(data_of_a_tenant, is_not_that_of_another_in_the_same_group) {
    running_addon running(program_, given());
    const tenant a = installed_as(running, "a");
    const tenant b = installed_as(running, "b");
    EXPECT_EQ(a.group_id(), b.group_id());
    EXPECT_FALSE(a == b);
    in(running, [&]() -> task<> {
        co_await a.data().set("k", 1);
        EXPECT_EQ(co_await b.data().get("k"), std::nullopt);
        EXPECT_FALSE(co_await b.data().erase("k"));
        const entries seen = co_await b.data().list();
        EXPECT_TRUE(seen.empty());
        EXPECT_EQ(co_await a.data().get("k"), json::value(1));
    });
}

TEST_P(data_of_a_tenant, is_set_only_if_it_is_as_expected) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    in(running, [&]() -> task<> {
        const json::value one = {{"n", 1}};
        const json::value two = {{"n", 2}};
        EXPECT_FALSE(co_await data.compare_and_set("k", two, one));
        EXPECT_TRUE(co_await data.compare_and_set("k", std::nullopt, one));
        EXPECT_FALSE(co_await data.compare_and_set("k", std::nullopt, two));
        EXPECT_TRUE(co_await data.compare_and_set("k", one, two));
        EXPECT_EQ(co_await data.get("k"), two);
    });
}

task<> count_up(tenant_data data, int& ended) {
    std::function<json::value(json::value)> one_more = [](const json::value& current) {
        return current.is_null() ? json::value(1) : json::value(current.get_int64() + 1);
    };
    co_await data.update("count", one_more);
    co_await data.add("sum", 2);
    ++ended;
}

TEST_P(data_of_a_tenant, loses_none_of_many_updates_at_the_same_time) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    int ended = 0;
    in(running, [&]() -> task<> {
        for (int i = 0; i < 200; ++i)
            spawn(count_up(data, ended),
                  [](const std::exception_ptr& failure) { EXPECT_EQ(failure, nullptr); });
        event_loop& loop = running.thread().loop();
        while (ended < 200)
            co_await sleep_for(loop, std::chrono::milliseconds(1));
        EXPECT_EQ(co_await data.get("count"), json::value(200));
        EXPECT_EQ(co_await data.get("sum"), json::value(400));
    });
}

TEST_P(data_of_a_tenant, stays_as_it_is_when_an_update_throws) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    const std::function<json::value(json::value)> fail = [](const json::value&) -> json::value {
        throw std::runtime_error("no");
    };
    in(running, [&]() -> task<> { co_await data.set("k", "text"); });
    EXPECT_EQ(
        refusal<std::runtime_error>(running, [&]() -> task<> { co_await data.update("k", fail); }),
        "no");
    EXPECT_TRUE(contains(refusal<error>(running, [&]() -> task<> { co_await data.add("k"); }),
                         "'k'", "not a whole number"));
    in(running, [&]() -> task<> {
        EXPECT_EQ(co_await data.get("k"), json::value("text"));
        co_await data.set("k", std::numeric_limits<std::int64_t>::max());
    });
    EXPECT_TRUE(
        contains(refusal<error>(running, [&]() -> task<> { co_await data.add("k"); }), "64 bits"));
}

TEST_P(data_of_a_tenant, has_limits_that_errors_name) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    const std::string longest(tenant_data::max_key_bytes, 'k');
    const json::value largest(std::string(tenant_data::max_value_bytes - 2, 'v'));
    in(running, [&]() -> task<> {
        co_await data.set(longest, largest);
        EXPECT_EQ(co_await data.get(longest), largest);
    });
    const auto refused = [&](const std::string& key, const json::value& value) {
        return refusal<config_error>(running, [&]() -> task<> { co_await data.set(key, value); });
    };
    EXPECT_TRUE(contains(refused("", 1), "empty"));
    EXPECT_TRUE(contains(refused(longest + "k", 1), "'kkk", "251 bytes", "at most 250"));
    EXPECT_TRUE(contains(refused("\xff", 1), "UTF-8"));
    const json::value too_large(std::string(tenant_data::max_value_bytes - 1, 'v'));
    EXPECT_TRUE(contains(refused("big", too_large), "'big'", "262145 bytes", "at most 262144"));
}

TEST_P(data_of_a_tenant, is_listed_in_order) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    in(running, [&]() -> task<> {
        for (int i = 0; i < 250; ++i)
            co_await data.set("score:" + std::to_string(1000 + i), i);
        co_await data.set("other", 1);
        const entries page = co_await data.list("score:", "score:1009", 2);
        EXPECT_EQ(page.size(), 2U);
        EXPECT_EQ(page.at(0).key, "score:1010");
        EXPECT_EQ(page.at(1).value, json::value(11));
        int seen = 0;
        data_range scores = data.all("score:");
        while (const auto one = co_await scores.next())
            EXPECT_EQ(one->value, json::value(seen++));
        EXPECT_EQ(seen, 250);
    });
}

TEST_P(data_of_a_tenant, can_be_read_but_not_changed_once_it_is_uninstalled) {
    running_addon running(program_, given());
    const tenant_data data = installed_as(running, "a").data();
    in(running, [&]() -> task<> { co_await data.set("k", 1); });
    host_.remove_client("a");
    EXPECT_EQ(running.uninstall("a").status, 204);
    in(running, [&]() -> task<> { EXPECT_EQ(co_await data.get("k"), json::value(1)); });
    EXPECT_TRUE(contains(
        refusal<tenant_gone>(running, [&]() -> task<> { co_await data.set("k", 2); }), "removed"));
    EXPECT_TRUE(contains(refusal<tenant_gone>(running, [&]() -> task<> { co_await data.add("k"); }),
                         "removed"));
    EXPECT_TRUE(contains(
        refusal<tenant_gone>(running, [&]() -> task<> { co_await data.erase("k"); }), "removed"));
}

INSTANTIATE_TEST_SUITE_P(stores, data_of_a_tenant, ::testing::Values("memory", "sqlite"),
                         [](const auto& chosen) { return chosen.param; });

}  // namespace
}  // namespace hipchat::testing
