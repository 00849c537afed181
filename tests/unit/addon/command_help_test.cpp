// Which handler a command reaches, and what it says about itself.

#include "addon/webhooks/command_help.hpp"

#include <gtest/gtest.h>

#include "addon/declaration.hpp"
#include "addon/webhooks/served_hooks.hpp"
#include "hipchat/addon.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

void nothing(command_call&) {
}

// The message of the error with which `declare` fails; empty if it does not.
template <class Declare>
std::string refused(Declare declare) {
    addon program{{.key = "k"}};
    try {
        declare(program);
        const std::vector<std::string> paths(program.declared().hooks.size(), "/somewhere");
        served_hooks(program.declared(), paths);
        return {};
    } catch (const config_error& error) {
        return error.what();
    }
}

TEST(command_help, says_how_the_command_and_its_sub_commands_are_used) {
    addon program{{.key = "k"}};
    program
        .command({.name = "/standup",
                  .usage = "[PERSON]",
                  .description = "who does what",
                  .aliases = {"/su", "/daily"}},
                 nothing)
        .sub({.name = "add", .usage = "PERSON", .description = "adds a person"}, nothing)
        .sub("list", nothing);
    EXPECT_EQ(help_text(*program.declared().hooks[0].as),
              "/standup: who does what\n"
              "/standup [PERSON]\n"
              "/standup add PERSON - adds a person\n"
              "/standup list\n"
              "Short: /su /daily");
}

TEST(command, is_declared_once) {
    const std::string twice =
        refused([](addon& program) { program.command("/a", nothing).command("/a", nothing); });
    EXPECT_TRUE(contains(twice, "/a is declared twice")) << twice;
    const std::string alias = refused([](addon& program) {
        program.command({.name = "/a", .aliases = {"/b"}}, nothing).command("/b", nothing);
    });
    EXPECT_TRUE(contains(alias, "/b is declared twice")) << alias;
    const std::string sub = refused([](addon& program) {
        program.command("/a", nothing)
            .sub("x", nothing)
            .sub({.name = "y", .aliases = {"x"}}, nothing);
    });
    EXPECT_TRUE(contains(sub, "'x' is declared twice")) << sub;
    EXPECT_EQ(refused([](addon& program) {
                  program.command("/a", nothing).sub("x", nothing);
                  program.command("/b", nothing).sub("x", nothing);
              }),
              "");
}

TEST(command, has_a_name_that_can_be_typed) {
    for (const char* name : {"", "standup", "/", "/stand up"})
        EXPECT_TRUE(contains(refused([&](addon& program) { program.command(name, nothing); }),
                             "begin it with '/'"))
            << name;
    EXPECT_FALSE(refused([](addon& program) {
                     program.command({.name = "/a", .aliases = {"b"}}, nothing);
                 }).empty());
    for (const char* name : {"", "two words", "'quoted'"})
        EXPECT_TRUE(contains(
            refused([&](addon& program) { program.command("/a", nothing).sub(name, nothing); }),
            "one word"))
            << name;
}

TEST(command, does_something) {
    EXPECT_TRUE(contains(refused([](addon& program) { program.command({.name = "/a"}); }),
                         "neither a handler nor sub-commands"));
    EXPECT_EQ(refused([](addon& program) { program.command({.name = "/a"}).sub("b", nothing); }),
              "");
}

TEST(webhook_pattern, that_no_engine_reads_is_refused_at_the_start) {
    const std::string flaw =
        refused([](addon& program) { program.on_message("^/(", [](room_message&) {}); });
    EXPECT_TRUE(contains(flaw, "^/(")) << flaw;
}

}  // namespace
}  // namespace hipchat::addons
