// What an add-on reads from its environment, and what it says about a wrong value.

#include "addon/settings.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "hipchat/errors.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

using variables = std::map<std::string, std::string, std::less<>>;

settings read(const variables& given) {
    settings values;
    read_environment(values, [&](std::string_view name) -> std::optional<std::string> {
        const auto found = given.find(name);
        if (found == given.end()) return std::nullopt;
        return found->second;
    });
    return values;
}

std::string refusal_of(const std::string& variable, const std::string& text) {
    try {
        read({{variable, text}});
    } catch (const config_error& refused) {
        return refused.what();
    }
    return {};
}

TEST(settings, have_the_documented_defaults) {
    const settings given = read({});
    EXPECT_EQ(given.base_url, "");
    EXPECT_EQ(given.bind, "127.0.0.1");
    EXPECT_EQ(given.port, 5000);
    EXPECT_FALSE(given.debug);
    EXPECT_EQ(given.store, "sqlite:./hipchat-addon.db");
    EXPECT_EQ(given.allowed_hosts, "");
    EXPECT_EQ(given.replay_window, std::chrono::seconds(300));
    EXPECT_EQ(given.reply_deadline, std::chrono::seconds(8));
    EXPECT_EQ(given.drain, std::chrono::seconds(5));
    EXPECT_EQ(given.tenant_cache, 10'000U);
    EXPECT_EQ(given.drain_notice, std::chrono::seconds(0));
    EXPECT_FALSE(given.log_json);
    EXPECT_EQ(given.metrics_bind, "");
    EXPECT_EQ(given.trusted_proxies, "");
    EXPECT_EQ(given.connections_per_address, 256U);
    EXPECT_EQ(given.most_under_way, 4096U);
}

TEST(settings, read_where_metrics_are_served) {
    const settings v4 = read({{"AC_METRICS", "127.0.0.1:9100"}});
    EXPECT_EQ(v4.metrics_bind, "127.0.0.1");
    EXPECT_EQ(v4.metrics_port, 9100);
    const settings v6 = read({{"AC_METRICS", "[::1]:9100"}});
    EXPECT_EQ(v6.metrics_bind, "::1");
    EXPECT_EQ(v6.metrics_port, 9100);
    EXPECT_EQ(read({{"AC_METRICS", ""}}).metrics_bind, "");
}

TEST(settings, read_how_the_log_is_written) {
    EXPECT_TRUE(read({{"AC_LOG", "json"}}).log_json);
    EXPECT_FALSE(read({{"AC_LOG", "text"}}).log_json);
}

TEST(settings, take_each_text_as_it_is) {
    const settings given = read({{"AC_BIND", "0.0.0.0"},
                                 {"AC_ADDON_KEY", "key"},
                                 {"AC_ADDON_NAME", "name"},
                                 {"AC_ADDON_DESCRIPTION", "description"},
                                 {"AC_ADDON_VENDOR_NAME", "vendor"},
                                 {"AC_ADDON_VENDOR_URL", "https://vendor.example"},
                                 {"AC_AVATAR_URL", "https://vendor.example/a.png"},
                                 {"AC_CORS_WHITELIST", "chat.example.com"},
                                 {"AC_STORE", "memory:"},
                                 {"AC_ALLOWED_HOSTS", "chat.example.com"}});
    EXPECT_EQ(given.bind, "0.0.0.0");
    EXPECT_EQ(given.key, "key");
    EXPECT_EQ(given.name, "name");
    EXPECT_EQ(given.description, "description");
    EXPECT_EQ(given.vendor_name, "vendor");
    EXPECT_EQ(given.vendor_url, "https://vendor.example");
    EXPECT_EQ(given.avatar_url, "https://vendor.example/a.png");
    EXPECT_EQ(given.cors_whitelist, "chat.example.com");
    EXPECT_EQ(given.store, "memory:");
    EXPECT_EQ(given.allowed_hosts, "chat.example.com");
}

TEST(settings, lose_the_slash_at_the_end_of_the_base_url) {
    EXPECT_EQ(read({{"AC_BASE_URL", "https://example.test"}}).base_url, "https://example.test");
    EXPECT_EQ(read({{"AC_BASE_URL", "https://example.test/"}}).base_url, "https://example.test");
    EXPECT_EQ(read({{"AC_BASE_URL", "https://example.test/addon//"}}).base_url,
              "https://example.test/addon");
}

TEST(settings, read_numbers_up_to_their_limits) {
    EXPECT_EQ(read({{"AC_PORT", "0"}}).port, 0);
    EXPECT_EQ(read({{"AC_PORT", "65535"}}).port, 65535);
    EXPECT_EQ(read({{"AC_REPLAY_WINDOW", "0"}}).replay_window, std::chrono::seconds(0));
    EXPECT_EQ(read({{"AC_REPLAY_WINDOW", "86400"}}).replay_window, std::chrono::hours(24));
    EXPECT_EQ(read({{"AC_TENANT_CACHE", "1"}}).tenant_cache, 1U);
}

TEST(settings, read_groups_and_long_times) {
    EXPECT_EQ(read({{"AC_ALLOWED_GROUPS", "1, 22,333 4"}}).allowed_groups,
              (std::vector<std::int64_t>{1, 22, 333, 4}));
    EXPECT_TRUE(read({{"AC_ALLOWED_GROUPS", ""}}).allowed_groups.empty());
    EXPECT_EQ(read({}).data_grace, std::chrono::hours(7 * 24));
    EXPECT_EQ(read({{"AC_DATA_GRACE", "2d"}}).data_grace, std::chrono::hours(48));
    EXPECT_EQ(read({{"AC_DATA_GRACE", "3h"}}).data_grace, std::chrono::hours(3));
    EXPECT_EQ(read({{"AC_DATA_GRACE", "4m"}}).data_grace, std::chrono::minutes(4));
    EXPECT_EQ(read({{"AC_DATA_GRACE", "5s"}}).data_grace, std::chrono::seconds(5));
    EXPECT_EQ(read({{"AC_DATA_GRACE", "0"}}).data_grace, std::chrono::seconds(0));
}

TEST(settings, read_durations_with_and_without_a_unit) {
    EXPECT_EQ(read({{"AC_REPLY_DEADLINE", "250ms"}}).reply_deadline,
              std::chrono::milliseconds(250));
    EXPECT_EQ(read({{"AC_DRAIN", "7"}}).drain, std::chrono::seconds(7));
    EXPECT_EQ(read({{"AC_DRAIN", "7s"}}).drain, std::chrono::seconds(7));
    EXPECT_EQ(read({{"AC_DRAIN", "250ms"}}).drain, std::chrono::milliseconds(250));
    EXPECT_EQ(read({{"AC_DRAIN", "0"}}).drain, std::chrono::seconds(0));
}

TEST(settings, read_a_flag_in_each_usual_spelling) {
    for (const char* on : {"1", "true", "on", "yes"})
        EXPECT_TRUE(read({{"AC_DEBUG", on}}).debug) << on;
    for (const char* off : {"", "0", "false", "off", "no"})
        EXPECT_FALSE(read({{"AC_DEBUG", off}}).debug) << off;
}

TEST(settings, refuse_a_wrong_value_by_the_name_of_its_variable) {
    const std::vector<std::pair<const char*, const char*>> wrong = {
        {"AC_PORT", "many"},
        {"AC_PORT", "65536"},
        {"AC_PORT", "-1"},
        {"AC_PORT", ""},
        {"AC_PORT", "80 "},
        {"AC_DEBUG", "maybe"},
        {"AC_BASE_URL", "example.test"},
        {"AC_BASE_URL", "ftp://example.test"},
        {"AC_BASE_URL", "https://example.test/?a=b"},
        {"AC_BASE_URL", "https://me@example.test"},
        {"AC_REPLAY_WINDOW", "-5"},
        {"AC_REPLAY_WINDOW", "86401"},
        {"AC_REPLY_DEADLINE", "at once"},
        {"AC_DRAIN", "3601"},
        {"AC_DRAIN", "soon"},
        {"AC_DRAIN_NOTICE", "soon"},
        {"AC_LOG", "xml"},
        {"AC_METRICS", "9100"},
        {"AC_METRICS", ":9100"},
        {"AC_METRICS", "127.0.0.1:"},
        {"AC_METRICS", "127.0.0.1:many"},
        {"AC_TRUSTED_PROXIES", "proxy.example"},
        {"AC_CONNECTIONS_PER_ADDRESS", "-1"},
        {"AC_MOST_UNDER_WAY", "0"},
        {"AC_DRAIN", "s"},
        {"AC_TENANT_CACHE", "0"},
        {"AC_ALLOWED_GROUPS", "1,two"},
        {"AC_ALLOWED_GROUPS", "0"},
        {"AC_DATA_GRACE", "7 days"},
        {"AC_DATA_GRACE", "d"},
        {"AC_DATA_GRACE", "1d1"},
        {"AC_DATA_GRACE", "367d"},
    };
    for (const auto& [variable, text] : wrong) {
        const std::string said = refusal_of(variable, text);
        EXPECT_TRUE(contains(said, variable)) << text;
        // It ends with what the variable is for.
        EXPECT_TRUE(contains(said, "(")) << text;
    }
}

TEST(settings, report_names_that_mean_nothing) {
    const std::vector<std::string> names = {"AC_PROT", "AC_PORT", "PATH", "AC_", "XAC_PORT"};
    EXPECT_EQ(unknown_settings(names), (std::vector<std::string>{"AC_PROT", "AC_"}));
}

// A flaw of ac-flask: three characters were cut off every variable's name, whatever it began with.
TEST(settings, are_looked_for_under_their_own_prefix_only) {
    std::vector<std::string> asked;
    settings values;
    read_environment(values, [&](std::string_view name) -> std::optional<std::string> {
        asked.emplace_back(name);
        return std::nullopt;
    });
    EXPECT_GE(asked.size(), all_settings().size());
    for (const std::string& name : asked)
        EXPECT_TRUE(name.starts_with("AC_")) << name;
    EXPECT_FALSE(read({{"XX_DEBUG", "1"}, {"DEBUG", "1"}, {"_DEBUG", "1"}}).debug);
}

TEST(settings, have_one_row_with_a_flag_and_a_meaning_each) {
    std::set<std::string_view> variables_seen;
    std::set<std::string_view> flags_seen;
    for (const setting& row : all_settings()) {
        EXPECT_TRUE(row.variable.starts_with("AC_")) << row.variable;
        EXPECT_TRUE(row.flag.starts_with("--")) << row.flag;
        EXPECT_FALSE(std::string(row.meaning).empty()) << row.variable;
        EXPECT_TRUE(variables_seen.insert(row.variable).second) << row.variable;
        EXPECT_TRUE(flags_seen.insert(row.flag).second) << row.flag;
    }
    for (const char* name : {"AC_BASE_URL", "AC_PORT", "AC_DEBUG", "AC_ADDON_KEY", "AC_ADDON_NAME",
                             "AC_ADDON_DESCRIPTION", "AC_ADDON_VENDOR_NAME", "AC_ADDON_VENDOR_URL",
                             "AC_AVATAR_URL", "AC_CORS_WHITELIST", "AC_STORE", "AC_ALLOWED_HOSTS",
                             "AC_REPLAY_WINDOW", "AC_REPLY_DEADLINE", "AC_DRAIN"})
        EXPECT_TRUE(variables_seen.contains(name)) << name;
}

}  // namespace
}  // namespace hipchat::addons
