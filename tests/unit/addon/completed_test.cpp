// What the library adds to what an author declared.

#include "addon/completed.hpp"

#include <gtest/gtest.h>

#include "hipchat/addon.hpp"
#include "protocol/descriptor.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

using paths = std::vector<std::string>;

descriptor greeter() {
    return {
        .key = "hipchat-greeter", .name = "HipChat Greeter", .scopes = {scope::send_notification}};
}

settings at(std::string base_url) {
    settings given;
    given.base_url = std::move(base_url);
    return given;
}

completed_descriptor complete(const addon& program, const settings& given = {}) {
    return addons::complete(program.declared(), given, 5000);
}

std::string document_of(const completed_descriptor& made) {
    return json::serialize(protocol::write_descriptor(made.value));
}

void ignore(room_message&) {
}

TEST(completed_descriptor, lies_on_localhost_by_default) {
    addon program(greeter());
    program.on_room_enter([](room_enter&) {});
    const completed_descriptor made = complete(program);
    EXPECT_EQ(made.base_url, "http://localhost:5000");
    EXPECT_EQ(made.value.self, "http://localhost:5000/addon/descriptor");
    EXPECT_EQ(made.value.installable.callback_url, "http://localhost:5000/addon/installable");
    ASSERT_EQ(made.value.webhooks.size(), 1U);
    EXPECT_EQ(made.value.webhooks[0].event, "room_enter");
    EXPECT_EQ(made.value.webhooks[0].url, "http://localhost:5000/event/room_enter");
    EXPECT_EQ(made.value.webhooks[0].authentication, authentication::jwt);
    EXPECT_EQ(made.hook_paths, paths{"/event/room_enter"});
}

// proves: addon 1 self
TEST(completed_descriptor, moves_every_url_with_the_base_url) {
    descriptor about = greeter();
    about.avatar = icon{"/avatar.png", "/avatar@2x.png"};
    about.homepage = "/home";
    about.glances = {{.key = "g", .name = "G", .icon = {"/g.png", "/g2.png"}, .query_url = "/g"}};
    about.web_panels = {{.key = "p", .name = "P", .url = "/p", .icon = icon{"/p.png", "/p2.png"}}};
    about.dialogs = {{.key = "d", .title = "D", .url = "/d"}};
    about.external_pages = {{.key = "e", .name = "E", .url = "/e"}};
    about.configurable.emplace().url = "/configure";
    about.admin_page = "/admin";
    addon program(std::move(about));
    program.on_room_enter([](room_enter&) {}).on_message("^/a", ignore).on_message("^/b", ignore);
    const std::string document = document_of(complete(program, at("https://example.test/addon")));
    EXPECT_FALSE(contains(document, "localhost"));
    EXPECT_FALSE(contains(document, "\"/"));
    std::size_t urls = 0;
    for (std::size_t found = document.find("https://"); found != std::string::npos;
         found = document.find("https://", found + 1), ++urls)
        EXPECT_EQ(document.compare(found, 27, "https://example.test/addon/"), 0)
            << document.substr(found, 60);
    EXPECT_GE(urls, 17U);
}

TEST(completed_descriptor, leaves_foreign_urls_alone) {
    descriptor about = greeter();
    about.homepage = "https://www.example.org/";
    about.vendor = vendor{"Example", "https://www.example.org"};
    const completed_descriptor made = complete(addon(std::move(about)), at("https://example.test"));
    EXPECT_EQ(made.value.homepage, "https://www.example.org/");
    EXPECT_EQ(made.value.vendor->url, "https://www.example.org");
}

// proves: addon 1.2 allow
TEST(completed_descriptor, always_says_whether_rooms_and_groups_are_allowed) {
    for (const bool allow_room : {true, false}) {
        descriptor about = greeter();
        about.allow_room = allow_room;
        const std::string document = document_of(complete(addon(std::move(about))));
        EXPECT_TRUE(contains(document, allow_room ? "\"allowRoom\":true" : "\"allowRoom\":false"));
        EXPECT_TRUE(contains(document, "\"allowGlobal\":true"));
    }
}

TEST(completed_descriptor, lets_the_settings_replace_what_the_program_says) {
    settings given = at("https://example.test");
    given.key = "other-key";
    given.name = "Other";
    given.description = "Another one";
    given.vendor_name = "Vendor";
    given.vendor_url = "https://vendor.example";
    given.avatar_url = "https://vendor.example/a.png";
    const descriptor value = complete(addon(greeter()), given).value;
    EXPECT_EQ(value.key, "other-key");
    EXPECT_EQ(value.name, "Other");
    EXPECT_EQ(value.description, "Another one");
    EXPECT_EQ(value.vendor->name, "Vendor");
    EXPECT_EQ(value.vendor->url, "https://vendor.example");
    EXPECT_EQ(value.avatar->url, "https://vendor.example/a.png");
}

TEST(completed_descriptor, is_named_after_its_key_when_it_has_no_name) {
    EXPECT_EQ(complete(addon({.key = "only-key", .scopes = {scope::send_notification}})).value.name,
              "only-key");
}

TEST(completed_descriptor, gives_several_hooks_of_one_event_paths_of_their_own) {
    addon program(greeter());
    program.on_message("^/a", ignore)
        .on_message("^/b", ignore)
        .on_message(ignore)
        .on_room_exit([](room_exit&) {});
    const completed_descriptor made = complete(program);
    EXPECT_EQ(made.hook_paths, (paths{"/event/room_message", "/event/room_message/2",
                                      "/event/room_message/3", "/event/room_exit"}));
    ASSERT_EQ(made.value.webhooks.size(), 4U);
    EXPECT_EQ(made.value.webhooks[1].pattern, "^/b");
    EXPECT_EQ(made.value.webhooks[1].url, "http://localhost:5000/event/room_message/2");
}

TEST(completed_descriptor, gives_two_handlers_of_one_pattern_a_hook_each) {
    addon program(greeter());
    program.on_message("^/a", ignore).on_message("^/a", ignore);
    EXPECT_EQ(complete(program).value.webhooks.size(), 2U);
}

// proves: addon 1.9 command
TEST(completed_descriptor, has_a_hook_and_the_metadata_of_each_command) {
    addon program(greeter());
    program.command({.name = "/standup",
                     .usage = "[PERSON]",
                     .description = "who does what",
                     .aliases = {"/su"}},
                    [](command_call&) {});
    program.command("/c++", [](command_call&) {});
    const completed_descriptor made = complete(program);
    ASSERT_EQ(made.value.webhooks.size(), 2U);
    EXPECT_EQ(made.value.webhooks[0].event, "room_message");
    EXPECT_EQ(made.value.webhooks[0].pattern, "^(/standup|/su)(\\s|$)");
    EXPECT_EQ(made.value.webhooks[1].pattern, "^/c\\+\\+(\\s|$)");
    const json::object document = protocol::write_descriptor(made.value);
    const json::value& command = document.at("capabilities").at("command").at(0);
    EXPECT_EQ(command.at("name"), "/standup");
    EXPECT_EQ(command.at("usage"), "[PERSON]");
    EXPECT_EQ(command.at("description"), "who does what");
    EXPECT_EQ(command.at("aliases").at(0), "/su");
}

TEST(completed_descriptor, keeps_what_the_document_says_of_a_command) {
    descriptor about = greeter();
    about.commands = {{.name = "/standup", .usage = "as the document has it"}};
    addon program(std::move(about));
    program.command("/standup", [](command_call&) {});
    const completed_descriptor made = complete(program);
    ASSERT_EQ(made.value.commands.size(), 1U);
    EXPECT_EQ(made.value.commands[0].usage, "as the document has it");
}

TEST(completed_descriptor, completes_a_partial_document) {
    addon program(descriptor_from_json(R"({"key": "partial", "name": "Partial",
        "capabilities": {"hipchatApiConsumer": {"scopes": ["send_notification"]}}})"));
    program.on_room_enter([](room_enter&) {});
    const descriptor value = complete(program, at("https://example.test")).value;
    EXPECT_EQ(value.key, "partial");
    EXPECT_EQ(value.self, "https://example.test/addon/descriptor");
    EXPECT_EQ(value.installable.callback_url, "https://example.test/addon/installable");
    EXPECT_EQ(value.webhooks.size(), 1U);
}

TEST(completed_descriptor, serves_a_handler_where_the_document_says) {
    addon program(descriptor_from_json(R"({"key": "full", "name": "Full",
        "capabilities": {"hipchatApiConsumer": {"scopes": ["send_notification"]},
          "webhook": [
            {"event": "room_message", "pattern": "^/a", "url": "/hooks/a?x=1", "name": "a"},
            {"event": "room_message", "pattern": "^/b", "authentication": "none",
             "url": "https://example.test/hooks/b"}]}})"));
    program.on_message("^/b", ignore).on_message("^/a", ignore).on_message("^/c", ignore);
    const completed_descriptor made = complete(program, at("https://example.test"));
    EXPECT_EQ(made.hook_paths, (paths{"/hooks/b", "/hooks/a", "/event/room_message"}));
    ASSERT_EQ(made.value.webhooks.size(), 3U);
    EXPECT_EQ(made.value.webhooks[0].url, "https://example.test/hooks/a?x=1");
    EXPECT_EQ(made.value.webhooks[0].name, "a");
    EXPECT_EQ(made.value.webhooks[1].authentication, authentication::jwt);
    EXPECT_EQ(made.value.webhooks[2].pattern, "^/c");
}

TEST(completed_descriptor, does_not_give_a_path_twice) {
    addon program(descriptor_from_json(R"({"key": "full", "name": "Full",
        "capabilities": {"hipchatApiConsumer": {"scopes": ["send_notification"]},
          "webhook": [{"event": "room_message", "pattern": "^/a", "url": "/event/room_message"},
                      {"event": "room_enter", "url": "/event/room_message/2"}]}})"));
    program.on_message("^/b", ignore).on_message("^/a", ignore).on_room_enter([](room_enter&) {});
    EXPECT_EQ(complete(program).hook_paths,
              (paths{"/event/room_message/3", "/event/room_message", "/event/room_message/2"}));
}

TEST(completed_descriptor, refuses_a_handler_whose_hook_lies_elsewhere) {
    addon program(descriptor_from_json(R"({"key": "full", "name": "Full",
        "capabilities": {"hipchatApiConsumer": {"scopes": ["send_notification"]},
          "webhook": [{"event": "room_enter", "url": "https://other.test/enter"}]}})"));
    program.on_room_enter([](room_enter&) {});
    try {
        complete(program, at("https://example.test"));
        FAIL() << "it was accepted";
    } catch (const config_error& refused) {
        EXPECT_TRUE(contains(refused.what(), "https://other.test/enter"));
        EXPECT_TRUE(contains(refused.what(), "https://example.test"));
    }
}

TEST(completed_descriptor, names_every_flaw_by_its_member) {
    descriptor about = greeter();
    about.key = "";
    about.web_panels = {{.key = "p", .name = "P", .url = ""}};
    try {
        complete(addon(std::move(about)));
        FAIL() << "it was accepted";
    } catch (const config_error& refused) {
        EXPECT_TRUE(contains(refused.what(), "key"));
        EXPECT_TRUE(contains(refused.what(), "capabilities.webPanel[0].url"));
    }
}

}  // namespace
}  // namespace hipchat::addons
