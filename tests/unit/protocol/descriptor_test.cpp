#include "protocol/descriptor.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

// `name` of an object at the end of `path`; fails the test if it is not there.
json::object& inside(json::value& document, std::string_view pointer) {
    return document.at_pointer(pointer).as_object();
}

// Takes out the members of the full sample that say only what is the default.
json::value without_defaults(json::value document) {
    inside(document, "/capabilities/configurable").erase("authentication");
    inside(document, "/capabilities/webPanel/0").erase("weight");
    inside(document, "/capabilities/webPanel/0").erase("authentication");
    inside(document, "/capabilities/dialog/0").erase("authentication");
    inside(document, "/capabilities/dialog/0/options").erase("style");
    inside(document, "/capabilities/dialog/0/options/primaryAction").erase("enabled");
    return document;
}

TEST(descriptor, writes_the_full_sample_as_it_read_it) {
    const descriptor value = read_descriptor(test::fixture("descriptor.full.json"));
    EXPECT_EQ(json::value(write_descriptor(value)),
              without_defaults(test::fixture_json("descriptor.full.json")));
}

// proves: addon 1.1 description
TEST(descriptor, writes_the_minimal_sample_and_where_it_may_be_installed) {
    const descriptor value = read_descriptor(test::fixture("descriptor.minimal.json"));
    json::value expected = test::fixture_json("descriptor.minimal.json");
    inside(expected, "/capabilities/installable")["allowRoom"] = true;
    inside(expected, "/capabilities/installable")["allowGlobal"] = true;
    EXPECT_EQ(json::value(write_descriptor(value)), expected);
    EXPECT_EQ(value.key, "test.example.hello");
    EXPECT_EQ(value.scopes, std::vector{scope::send_notification});
    EXPECT_FALSE(value.vendor);
}

// proves: addon 1.1 icon pair; addon 1.1 weight; addon 1.1 target; addon 1.2 installable
// proves: addon 1.3 consumer; addon 1.5 glance; addon 1.6 webPanel; addon 1.8 action
// proves: addon 1.9 externalPage; addon 1.9 configurable; addon 1.9 adminPage
// proves: addon 1.9 oauth2Consumer; addon 1.9 command; addon 1.10 leaf; addon 1.10 group
TEST(descriptor, reads_every_capability_of_the_full_sample) {
    const descriptor value = read_descriptor(test::fixture("descriptor.full.json"));
    EXPECT_EQ(value.vendor->name, "Example Works");
    EXPECT_EQ(value.avatar->url_2x, "https://addon.example.test/img/bell@2x.png");
    EXPECT_EQ(value.webhooks.at(0).pattern, "^/deploy(\\s|$)");
    EXPECT_EQ(value.glances.at(0).weight, 50);
    EXPECT_EQ(value.glances.at(0).name.i18n, "deploybell.glance.name");
    EXPECT_EQ(value.glances.at(0).target->key, "deploybell.sidebar");
    EXPECT_TRUE(value.web_panels.at(0).conditions.at(0).invert);
    EXPECT_EQ(std::get<dialog_size>(value.dialogs.at(0).options->size).height, "60%");
    EXPECT_EQ(std::get<std::string>(value.dialogs.at(1).options->size), "small");
    EXPECT_EQ(value.dialogs.at(1).options->look, dialog_options::style::warning);
    EXPECT_EQ(value.dialogs.at(0).options->secondary_actions->size(), 1U);
    EXPECT_EQ(value.actions.at(0).conditions.at(0).kind, condition::group::all);
    EXPECT_EQ(value.actions.at(1).location, action_module::place::input);
    EXPECT_TRUE(value.configurable->allow_access_to_room_admins);
    EXPECT_EQ(value.external_pages.at(0).url, "https://addon.example.test/open?mid={message.mid}");
    EXPECT_EQ(value.admin_page, "https://addon.example.test/admin");
    EXPECT_EQ(value.redirection_urls.size(), 1U);
}

// A small descriptor with these capabilities.
std::string with_capabilities(const std::string& members) {
    return R"({"key":"k","name":"n","description":"","links":{"self":"http://a/"},)"
           R"("capabilities":{)"
           + members + "}}";
}

// proves: addon 1.4 webhook
TEST(descriptor, counts_one_bare_object_as_an_array_of_one) {
    const descriptor value = read_descriptor(
        with_capabilities(R"("webhook":{"event":"room_enter","url":"http://a/e"},)"
                          R"("dialog":{"key":"d","title":{"value":"D"},"url":"http://a/d"})"));
    EXPECT_EQ(value.webhooks.at(0).event, "room_enter");
    EXPECT_EQ(value.dialogs.at(0).title.value, "D");
}

// proves: addon 1.1 authentication
TEST(descriptor, takes_an_undeclared_webhook_for_unsigned_unless_it_is_the_authors_own) {
    const std::string text =
        with_capabilities(R"("webhook":[{"event":"room_enter","url":"http://a/e"}])");
    EXPECT_EQ(read_descriptor(text).webhooks.at(0).authentication, authentication::none);
    EXPECT_EQ(read_descriptor(text, true).webhooks.at(0).authentication, authentication::jwt);
    EXPECT_EQ(descriptor_from_json(text).webhooks.at(0).authentication, authentication::jwt);
}

// proves: addon 1.1 unknown members
TEST(descriptor, keeps_members_that_the_format_does_not_name) {
    const std::string text =
        R"({"key":"k","name":"n","description":"","version":"1.2","icon":{"url":"x"},)"
        R"("links":{"self":"http://a/"},"capabilities":{"installable":{"allowRoom":false,)"
        R"("allowGlobal":true},"future":[1,{"a":null}]}})";
    EXPECT_EQ(json::value(write_descriptor(read_descriptor(text))), json::parse(text));
}

TEST(descriptor, writes_an_avatar_with_one_picture) {
    const descriptor value = read_descriptor(
        with_capabilities(R"("hipchatApiConsumer":{"scopes":[],"avatar":"http://a/i.png"})"));
    EXPECT_EQ(value.avatar->url, "http://a/i.png");
    EXPECT_EQ(
        json::value(write_descriptor(value)).at_pointer("/capabilities/hipchatApiConsumer/avatar"),
        json::parse(R"({"url":"http://a/i.png"})"));
}

TEST(descriptor, tells_absent_buttons_from_none) {
    const auto dialog_with = [](const std::string& options) {
        return read_descriptor(with_capabilities(
            R"("dialog":[{"key":"d","title":{"value":"D"},"url":"http://a/d","options":{)" + options
            + "}}]"));
    };
    EXPECT_FALSE(dialog_with("").dialogs.at(0).options->secondary_actions);
    const descriptor none = dialog_with(R"("secondaryActions":[])");
    EXPECT_TRUE(none.dialogs.at(0).options->secondary_actions->empty());
    EXPECT_EQ(json::value(write_descriptor(none)).at_pointer("/capabilities/dialog/0/options"),
              json::parse(R"({"secondaryActions":[]})"));
    EXPECT_EQ(json::value(write_descriptor(dialog_with(R"("filter":{})")))
                  .at_pointer("/capabilities/dialog/0/options"),
              json::parse(R"({"filter":{}})"));
}

TEST(descriptor, ignores_the_url_that_one_library_gives_an_action) {
    const descriptor value = read_descriptor(with_capabilities(
        R"("action":[{"key":"a","name":{"value":"A"},"location":"hipchat.input.action",)"
        R"("target":"d","url":"http://a/undefined"}])"));
    EXPECT_EQ(value.actions.at(0).target.key, "d");
}

struct bad_descriptor {
    std::string text;
    std::string member;
};

TEST(descriptor, names_the_member_whose_shape_is_wrong) {
    const std::string top = R"({"key":"k","name":"n","description":"",)";
    const std::array<bad_descriptor, 30> cases = {{
        {"[]", ""},
        {"{", ""},
        {"{}", "key"},
        {R"({"key":"k"})", "name"},
        {R"({"key":"","name":"n"})", "key"},
        {R"({"key":"k","name":{"value":"n"}})", "name"},
        {R"({"key":"k","name":"n"})", "description"},
        {top + R"("x":1})", "links"},
        {top + R"("links":{}})", "links.self"},
        {top + R"("links":{"self":"http://a/"},"key":"k"})", ""},
        {top + R"("links":{"self":"http://a/"},"vendor":"V"})", "vendor"},
        {top + R"("links":{"self":"http://a/"},"vendor":{"name":"V","mail":"x"}})", "vendor.mail"},
        {top + R"("links":{"self":"http://a/"},"capabilities":[]})", "capabilities"},
        {with_capabilities(R"("webhook":"x")"), "capabilities.webhook"},
        {with_capabilities(R"("webhook":["x"])"), "capabilities.webhook[0]"},
        {with_capabilities(R"("webhook":[{},{"url":1}])"), "capabilities.webhook[1].url"},
        {with_capabilities(R"("webhook":{"authentication":"basic"})"),
         "capabilities.webhook[0].authentication"},
        {with_capabilities(R"("glance":[{"name":"G"}])"), "capabilities.glance[0].name"},
        {with_capabilities(R"("glance":[{"name":{"value":"G","x":1}}])"),
         "capabilities.glance[0].name.x"},
        {with_capabilities(R"("glance":[{"weight":"1"}])"), "capabilities.glance[0].weight"},
        {with_capabilities(R"("glance":[{"weight":1.5}])"), "capabilities.glance[0].weight"},
        {with_capabilities(R"("glance":[{"target":7}])"), "capabilities.glance[0].target"},
        {with_capabilities(R"("glance":[{"conditions":[{"type":"xor"}]}])"),
         "capabilities.glance[0].conditions[0].type"},
        {with_capabilities(R"("glance":[{"conditions":[{"condition":"a","params":1}]}])"),
         "capabilities.glance[0].conditions[0].params"},
        {with_capabilities(R"("dialog":[{"options":{"colour":"red"}}])"),
         "capabilities.dialog[0].options.colour"},
        {with_capabilities(R"("dialog":[{"options":{"style":"loud"}}])"),
         "capabilities.dialog[0].options.style"},
        {with_capabilities(R"("action":[{"key":"a"}])"), "capabilities.action[0].location"},
        {with_capabilities(R"("installable":{"allowRoom":"yes"})"),
         "capabilities.installable.allowRoom"},
        {with_capabilities(R"("hipchatApiConsumer":{"scopes":["root"]})"),
         "capabilities.hipchatApiConsumer.scopes"},
        {with_capabilities(R"("hipchatApiConsumer":{"scopes":"view_room"})"),
         "capabilities.hipchatApiConsumer.scopes"},
    }};
    for (const bad_descriptor& each : cases) {
        try {
            read_descriptor(each.text);
            ADD_FAILURE() << each.text;
        } catch (const protocol_error& error) {
            EXPECT_EQ(error.field(), each.member) << each.text;
        }
    }
}

TEST(descriptor, may_be_partial_when_it_is_the_authors_own) {
    const descriptor value = descriptor_from_json(R"({"name":"n"})");
    EXPECT_EQ(value.name, "n");
    EXPECT_TRUE(value.key.empty());
    EXPECT_TRUE(value.allow_room);
    EXPECT_TRUE(value.allow_global);
}

TEST(descriptor, is_a_configuration_error_when_the_authors_own_is_wrong) {
    try {
        descriptor_from_json(R"({"links":{"self":1}})");
        FAIL();
    } catch (const config_error& error) {
        EXPECT_NE(std::string(error.what()).find("links.self"), std::string::npos) << error.what();
    }
}

TEST(descriptor, comes_from_a_file_that_errors_name) {
    const std::string path = testing::TempDir() + "descriptor_test.json";
    std::ofstream(path) << test::fixture("descriptor.minimal.json");
    EXPECT_EQ(descriptor_from_file(path).key, "test.example.hello");
    std::ofstream(path) << "{";
    try {
        descriptor_from_file(path);
        FAIL();
    } catch (const config_error& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with(path)) << error.what();
    }
    std::remove(path.c_str());
    EXPECT_THROW(descriptor_from_file(path), config_error);
    EXPECT_THROW(descriptor_from_file(testing::TempDir()), config_error);
}

TEST(descriptor, refuses_to_write_text_that_is_no_json_object) {
    descriptor value;
    value.extra_capabilities = "[1]";
    EXPECT_THROW(write_descriptor(value), config_error);
}

}  // namespace
}  // namespace hipchat::protocol
