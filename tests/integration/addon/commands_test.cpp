// A slash command reaches its handler with what was typed, or says how it is used.

#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

std::string seen(const command_call& call) {
    std::string text = call.name() + "|" + call.sub() + "|" + call.rest();
    for (const std::string& word : call.arguments())
        text += "|" + word;
    return text;
}

class commands : public with_host {
protected:
    void SetUp() override {
        program_.command({.name = "/echo", .aliases = {"/e"}},
                         [](command_call& call) { return seen(call); });
        program_
            .command({.name = "/standup", .description = "who does what"},
                     [](command_call& call) { return "alone: " + seen(call); })
            .sub({.name = "add", .usage = "PERSON", .aliases = {"+"}},
                 [](command_call& call) -> task<notification> {
                     co_return notification(seen(call)).in(color::green);
                 })
            .sub("clear", [this](command_call&) { cleared_.add(); });
        program_.command({.name = "/only"}).sub("this", [](command_call&) { return "this"; });
        running_.emplace(program_);
        installed_in(*running_);
    }

    // What the command answers; "204" if nothing.
    std::string say(const std::string& text, const std::string& path) {
        json::value body = json::parse(room_message_body(id_, ""));
        body.as_object()["item"].as_object()["message"].as_object()["message"] = text;
        const plain_answer answer = running_->deliver(path, json::serialize(body), token());
        if (answer.status == 200)
            return std::string(json::parse(answer.body).at("message").as_string());
        return std::to_string(answer.status);
    }
    std::string echo(const std::string& text) { return say(text, "/event/room_message"); }
    std::string standup(const std::string& text) { return say(text, "/event/room_message/2"); }

    counter cleared_;
    std::optional<running_addon> running_;
};

TEST_F(commands, get_their_arguments_as_a_shell_would_split_them) {
    EXPECT_EQ(echo("/echo"), "/echo||");
    EXPECT_EQ(echo("/e  one 'two three' \"4 \\\" 5\" "),
              "/e||one 'two three' \"4 \\\" 5\"|one|two three|4 \" 5");
    EXPECT_EQ(echo("/echo\tI don't know"), "/echo||I don't know|I|don't|know");
}

TEST_F(commands, are_whole_words_at_the_beginning) {
    EXPECT_EQ(echo("/echoes"), "204");
    EXPECT_EQ(echo("please /echo"), "204");
    EXPECT_EQ(echo("/Echo"), "204");
}

TEST_F(commands, have_sub_commands_with_handlers_of_their_own) {
    EXPECT_EQ(standup("/standup"), "alone: /standup||");
    EXPECT_EQ(standup("/standup add 'Ada L' 9:30"), "/standup|add|'Ada L' 9:30|Ada L|9:30");
    EXPECT_EQ(standup("/standup + Bo"), "/standup|add|Bo|Bo");
    EXPECT_EQ(standup("/standup clear"), "204");
    EXPECT_TRUE(cleared_.wait_for(1));
}

TEST_F(commands, say_how_they_are_used) {
    const std::string help = "/standup: who does what\n/standup add PERSON\n/standup clear";
    EXPECT_EQ(standup("/standup help"), help);
    EXPECT_EQ(standup("/standup frobnicate @all"), help);
    EXPECT_EQ(standup("/standup addition"), help);
    EXPECT_EQ(say("/only", "/event/room_message/3"), "/only\n/only this");
    EXPECT_EQ(say("/only this", "/event/room_message/3"), "this");
    // Without sub-commands the word is an argument like any other.
    EXPECT_EQ(echo("/echo help"), "/echo||help|help");
}

TEST_F(commands, stand_in_the_descriptor) {
    const std::string document = running_->get("/addon/descriptor").body;
    EXPECT_TRUE(contains(document, R"x("pattern":"^(/echo|/e)(\\s|$)")x"));
    EXPECT_TRUE(contains(document, R"x("name":"/standup")x"));
}

}  // namespace
}  // namespace hipchat::testing
