#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "fixture.hpp"
#include "protocol/descriptor.hpp"

namespace hipchat::protocol {
namespace {

using severity = lint_finding::severity;

// The full sample, in which nothing is wrong.
descriptor sample() {
    return read_descriptor(test::fixture("descriptor.full.json"));
}

std::string text_of(const std::vector<lint_finding>& findings) {
    std::string text;
    for (const lint_finding& finding : findings)
        text += finding.member + " " + finding.rule + "\n";
    return text;
}

struct flaw {
    std::string member;
    severity level;
    std::function<void(descriptor&)> spoil;
};

void expect_flaws(const std::vector<flaw>& cases) {
    for (const flaw& each : cases) {
        descriptor value = sample();
        each.spoil(value);
        const std::vector<lint_finding> findings = lint(value);
        const bool found =
            std::any_of(findings.begin(), findings.end(), [&each](const lint_finding& finding) {
                return finding.member == each.member && finding.level == each.level
                       && finding.rule.size() > 10;
            });
        EXPECT_TRUE(found) << "expected a finding at " << each.member << ", got:\n"
                           << text_of(findings);
    }
}

// Findings at members that the case does not expect.
void expect_clean(const std::function<void(descriptor&)>& change) {
    descriptor value = sample();
    change(value);
    EXPECT_EQ(text_of(lint(value)), "");
}

TEST(lint, finds_nothing_in_the_samples) {
    EXPECT_EQ(text_of(lint(sample())), "");
    EXPECT_EQ(text_of(lint(read_descriptor(test::fixture("descriptor.minimal.json")))), "");
}

// proves: addon 1.1 key; addon 1.1 name; addon 1.1 vendor; addon 1.1 apiVersion
TEST(lint, checks_the_top_level) {
    expect_flaws({
        {"key", severity::error, [](descriptor& d) { d.key = ""; }},
        {"key", severity::warning, [](descriptor& d) { d.key = "a:b"; }},
        {"name", severity::error, [](descriptor& d) { d.name = ""; }},
        {"apiVersion", severity::error, [](descriptor& d) { d.api_version = "1"; }},
        {"apiVersion", severity::error, [](descriptor& d) { d.api_version = "1:"; }},
        {"apiVersion", severity::error, [](descriptor& d) { d.api_version = ":1"; }},
        {"apiVersion", severity::error, [](descriptor& d) { d.api_version = "1:1:1"; }},
        {"links.self", severity::error, [](descriptor& d) { d.self = ""; }},
        {"links.self", severity::error, [](descriptor& d) { d.self = "ftp://x/"; }},
        {"links.homepage", severity::error, [](descriptor& d) { d.homepage = "home"; }},
        {"vendor.name", severity::error, [](descriptor& d) { d.vendor->name = ""; }},
        {"vendor.url", severity::error, [](descriptor& d) { d.vendor->url = ""; }},
        {"extra_members", severity::error, [](descriptor& d) { d.extra_members = "[]"; }},
        {"extra_capabilities", severity::error, [](descriptor& d) { d.extra_capabilities = "x"; }},
    });
}

TEST(lint, checks_what_the_add_on_asks_for) {
    const std::string consumer = "capabilities.hipchatApiConsumer.";
    expect_flaws({
        {consumer + "scopes", severity::warning, [](descriptor& d) { d.scopes.clear(); }},
        {consumer + "avatar.url", severity::error, [](descriptor& d) { d.avatar->url = ""; }},
        {consumer + "avatar.url@2x", severity::error,
         [](descriptor& d) { d.avatar->url_2x = "x"; }},
    });
    expect_clean([](descriptor& d) { d.avatar->url_2x = ""; });
}

TEST(lint, checks_where_the_add_on_may_be_installed) {
    const std::string installable = "capabilities.installable";
    expect_flaws({
        {installable, severity::error,
         [](descriptor& d) { d.allow_room = d.allow_global = false; }},
        {installable + ".callbackUrl", severity::warning,
         [](descriptor& d) { d.installable.callback_url = ""; }},
        {installable + ".callbackUrl", severity::error,
         [](descriptor& d) { d.installable.callback_url = "/relative"; }},
        {installable + ".updateCallbackUrl", severity::error,
         [](descriptor& d) { d.installable.update_callback_url = "x"; }},
        {installable + ".installedUrl", severity::error,
         [](descriptor& d) { d.installable.installed_url = "x"; }},
        {installable + ".updatedUrl", severity::error,
         [](descriptor& d) { d.installable.updated_url = "x"; }},
        {installable + ".uninstalledUrl", severity::error,
         [](descriptor& d) { d.installable.uninstalled_url = "x"; }},
    });
}

// proves: addon 1.1 module key; addon 1.1 unique keys
TEST(lint, checks_module_keys) {
    const std::string glance_key = "capabilities.glance[0].key";
    expect_flaws({
        {glance_key, severity::error, [](descriptor& d) { d.glances[0].key = ""; }},
        {glance_key, severity::error, [](descriptor& d) { d.glances[0].key = "a b"; }},
        {glance_key, severity::error, [](descriptor& d) { d.glances[0].key = "a:b"; }},
        {glance_key, severity::error,
         [](descriptor& d) { d.glances[0].key = std::string(41, 'a'); }},
        {"capabilities.webPanel[0].key", severity::error,
         [](descriptor& d) { d.web_panels[0].key = d.glances[0].key; }},
        {"capabilities.externalPage[0].key", severity::error,
         [](descriptor& d) { d.external_pages[0].key = d.webhooks[0].key; }},
        {"capabilities.dialog[1].key", severity::error,
         [](descriptor& d) { d.dialogs[1].key = d.dialogs[0].key; }},
        {"capabilities.webhook[0].key", severity::error,
         [](descriptor& d) { d.webhooks[0].key = "a/b"; }},
        {"capabilities.action[1].key", severity::error,
         [](descriptor& d) { d.actions[1].key = "\xC3\xA4"; }},
    });
    expect_clean([](descriptor& d) {
        d.glances[0].key = std::string(40, 'a');
        d.webhooks[0].key = "A.b_c-9";
    });
}

TEST(lint, checks_webhooks) {
    const std::string hook = "capabilities.webhook[0].";
    expect_flaws({
        {hook + "event", severity::error, [](descriptor& d) { d.webhooks[0].event = "x"; }},
        {hook + "event", severity::error, [](descriptor& d) { d.webhooks[0].event = ""; }},
        {hook + "url", severity::error, [](descriptor& d) { d.webhooks[0].url = ""; }},
        {hook + "url", severity::error, [](descriptor& d) { d.webhooks[0].url = "/hook"; }},
        {hook + "pattern", severity::error, [](descriptor& d) { d.webhooks[0].pattern = "("; }},
        {"capabilities.webhook[1].pattern", severity::warning,
         [](descriptor& d) { d.webhooks[1].pattern = "x"; }},
        {hook + "authentication", severity::warning,
         [](descriptor& d) { d.webhooks[0].authentication = authentication::none; }},
    });
    expect_clean([](descriptor& d) { d.webhooks[0].event = "room_notification"; });
}

// proves: addon 1.1 name object
TEST(lint, checks_names) {
    const std::string longer(101, 'x');
    expect_flaws({
        {"capabilities.glance[0].name.value", severity::error,
         [](descriptor& d) { d.glances[0].name.value = ""; }},
        {"capabilities.webPanel[0].name.value", severity::error,
         [&](descriptor& d) { d.web_panels[0].name.value = longer; }},
        {"capabilities.dialog[0].title.value", severity::error,
         [](descriptor& d) { d.dialogs[0].title.value = ""; }},
        {"capabilities.action[0].name.value", severity::error,
         [&](descriptor& d) { d.actions[0].name.value = longer; }},
        {"capabilities.externalPage[0].name.value", severity::error,
         [&](descriptor& d) { d.external_pages[0].name.value = longer; }},
        {"capabilities.glance[0].name.i18n", severity::error,
         [](descriptor& d) { d.glances[0].name.i18n = std::string(41, 'x'); }},
        {"capabilities.command[0].name", severity::error,
         [](descriptor& d) { d.commands.emplace_back(); }},
    });
    expect_clean([](descriptor& d) {
        std::string& name = d.glances[0].name.value;
        name.clear();
        for (int i = 0; i < 100; ++i)
            name += "\xC3\xA4";
        d.external_pages[0].name.value = "";
    });
}

TEST(lint, checks_urls) {
    expect_flaws({
        {"capabilities.glance[0].queryUrl", severity::error,
         [](descriptor& d) { d.glances[0].query_url = "javascript:x"; }},
        {"capabilities.glance[0].icon.url", severity::error,
         [](descriptor& d) { d.glances[0].icon.url = ""; }},
        {"capabilities.glance[0].icon.url@2x", severity::error,
         [](descriptor& d) { d.glances[0].icon.url_2x = ""; }},
        {"capabilities.webPanel[0].icon.url@2x", severity::error,
         [](descriptor& d) { d.web_panels[0].icon->url_2x = ""; }},
        {"capabilities.webPanel[0].url", severity::error,
         [](descriptor& d) { d.web_panels[0].url = "http://u@h/"; }},
        {"capabilities.dialog[0].url", severity::error,
         [](descriptor& d) { d.dialogs[0].url = "https://h/{open"; }},
        {"capabilities.dialog[0].url", severity::error,
         [](descriptor& d) { d.dialogs[0].url = "https://h/close}"; }},
        {"capabilities.externalPage[0].url", severity::error,
         [](descriptor& d) { d.external_pages[0].url = ""; }},
        {"capabilities.configurable.url", severity::error,
         [](descriptor& d) { d.configurable->url = ""; }},
        {"capabilities.adminPage.url", severity::error,
         [](descriptor& d) { d.admin_page = "admin"; }},
        {"capabilities.oauth2Consumer.redirectionUrls[0]", severity::error,
         [](descriptor& d) { d.redirection_urls[0] = ""; }},
        {"capabilities.oauth2Provider.authorizationUrl", severity::error,
         [](descriptor& d) { d.oauth2_authorization_url = "x"; }},
        {"capabilities.oauth2Provider.tokenUrl", severity::error,
         [](descriptor& d) { d.oauth2_token_url = "x"; }},
    });
    expect_clean([](descriptor& d) { d.dialogs[0].url = "https://h/{a.b}/?c={d}&e={}"; });
}

TEST(lint, allows_relative_urls_only_while_the_add_on_does_not_know_its_own) {
    descriptor value;
    value.key = "k";
    value.name = "n";
    value.scopes = {scope::view_room};
    value.self = "/";
    value.installable.callback_url = "/addon/installable";
    EXPECT_EQ(text_of(lint(value)), "");
    value.self = "https://h/";
    EXPECT_EQ(lint(value).size(), 1U);
}

// proves: addon 1.7 dialog
TEST(lint, checks_dialog_options) {
    const std::string options = "capabilities.dialog[0].options.";
    const auto size = [](std::string width, std::string height) {
        return [=](descriptor& d) {
            d.dialogs[0].options->size = dialog_size{.width = width, .height = height};
        };
    };
    expect_flaws({
        {options + "size.width", severity::error, size("600", "60%")},
        {options + "size.width", severity::error, size("", "60%")},
        {options + "size.width", severity::error, size("px", "60%")},
        {options + "size.width", severity::error, size("-1px", "60%")},
        {options + "size.width", severity::error, size("1.px", "60%")},
        {options + "size.height", severity::error, size("600px", "60em")},
        {options + "size", severity::error,
         [](descriptor& d) { d.dialogs[0].options->size = std::string("huge"); }},
        {options + "hint.value", severity::error,
         [](descriptor& d) { d.dialogs[0].options->hint->value = ""; }},
        {options + "filter.placeholder.value", severity::error,
         [](descriptor& d) {
             d.dialogs[0].options->filter_placeholder->value = std::string(101, 'x');
         }},
        {options + "primaryAction.name.value", severity::error,
         [](descriptor& d) { d.dialogs[0].options->primary_action->name.value = ""; }},
        {options + "secondaryActions[0].name.value", severity::error,
         [](descriptor& d) { (*d.dialogs[0].options->secondary_actions)[0].name.value = ""; }},
    });
    for (const std::string name : {"", "small", "medium", "large", "xlarge"})
        expect_clean([&name](descriptor& d) { d.dialogs[0].options->size = name; });
    expect_clean(size("12.5%", "0px"));
}

// proves: addon 1.1 target; addon 1.8 action
TEST(lint, checks_that_targets_exist_and_can_be_opened) {
    const std::string target = "capabilities.glance[0].target";
    expect_flaws({
        {target, severity::error, [](descriptor& d) { d.glances[0].target->key = ""; }},
        {target, severity::error, [](descriptor& d) { d.glances[0].target->key = "nothing"; }},
        {target, severity::error,
         [](descriptor& d) { d.glances[0].target->key = d.actions[0].key; }},
        {target, severity::error,
         [](descriptor& d) { d.glances[0].target->key = d.glances[0].key; }},
        {target, severity::error,
         [](descriptor& d) { d.glances[0].target->key = d.webhooks[0].key; }},
        {target + ".options", severity::error,
         [](descriptor& d) { d.glances[0].target->options = "[]"; }},
        {"capabilities.action[0].target", severity::error,
         [](descriptor& d) { d.actions[0].target.key = ""; }},
        {"capabilities.action[0].target", severity::error,
         [](descriptor& d) { d.actions[0].target.key = d.actions[1].key; }},
    });
    expect_clean([](descriptor& d) { d.actions[0].target.key = d.glances[0].key; });
    expect_clean([](descriptor& d) { d.glances[0].target->key = d.external_pages[0].key; });
}

// proves: addon 1.6 webPanel
TEST(lint, checks_the_place_of_a_panel) {
    expect_flaws({{"capabilities.webPanel[0].location", severity::error,
                   [](descriptor& d) { d.web_panels[0].location = "hipchat.sidebar.left"; }}});
}

condition leaf(std::string id) {
    condition value;
    value.id = std::move(id);
    return value;
}

condition group(std::vector<condition> members) {
    condition value;
    value.kind = condition::group::any;
    value.members = std::move(members);
    return value;
}

condition nested(int levels) {
    condition value = leaf("user_is_admin");
    for (int i = 1; i < levels; ++i)
        value = group({value});
    return value;
}

// proves: addon 1.10 where; addon 1.10 leaf
TEST(lint, checks_conditions) {
    const std::string conditions = "capabilities.glance[0].conditions";
    const auto with = [](const condition& value) {
        return [value](descriptor& d) { d.glances[0].conditions = {value}; };
    };
    condition bad_params = leaf("user_is_admin");
    bad_params.params = "[]";
    expect_flaws({
        {conditions + "[0].condition", severity::error, with(leaf(""))},
        {conditions + "[0].condition", severity::warning, with(leaf("moon_is_full"))},
        {conditions + "[0].condition", severity::warning, with(leaf("card_matches"))},
        {conditions + "[0].params", severity::error, with(bad_params)},
        {conditions + "[0].conditions", severity::error, with(group({}))},
        {conditions + "[0].conditions[0].condition", severity::error, with(group({leaf("")}))},
        {conditions + "[0].conditions[0].conditions[0].conditions", severity::warning,
         with(nested(4))},
        {"capabilities.webPanel[0].conditions[0].condition", severity::warning,
         [](descriptor& d) { d.web_panels[0].conditions = {leaf("glance_matches")}; }},
        {"capabilities.action[1].conditions[0].condition", severity::warning,
         [](descriptor& d) { d.actions[1].conditions = {leaf("glance_matches")}; }},
    });
    expect_clean(with(nested(3)));
    for (const std::string id : {"message_contains_link", "message_sent_by_current_user",
                                 "message_matches", "card_matches", "room_is_public"})
        expect_clean([&id](descriptor& d) { d.actions[0].conditions = {leaf(id)}; });
}

TEST(lint, bounds_how_deep_conditions_nest) {
    descriptor value = sample();
    value.glances[0].conditions = {nested(100)};
    EXPECT_EQ(lint(value).front().level, severity::error);
    value.glances[0].conditions = {nested(8)};
    EXPECT_EQ(lint(value).front().level, severity::warning);
}

TEST(lint, puts_errors_before_warnings) {
    descriptor value = sample();
    value.key = "a:b";
    value.name = "";
    value.scopes.clear();
    value.admin_page = "x";
    const std::vector<lint_finding> findings = lint(value);
    ASSERT_EQ(findings.size(), 4U);
    EXPECT_EQ(findings[0].member, "name");
    EXPECT_EQ(findings[1].level, severity::error);
    EXPECT_EQ(findings[2].member, "key");
    EXPECT_EQ(findings[3].level, severity::warning);
}

}  // namespace
}  // namespace hipchat::protocol
