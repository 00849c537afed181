// A handler with a pattern gets what the pattern finds, whatever the host thought of it.

#include "running_addon.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* message = "/event/room_message";

class patterns : public with_host {
protected:
    plain_answer say(running_addon& running, const std::string& text,
                     const std::string& path = message) const {
        return running.deliver(path, room_message_body(id_, text), token());
    }
};

// proves: addon 5.2 search
TEST_F(patterns, hand_their_groups_to_the_handler) {
    program_.on_message("(?i)karma (?P<who>[a-z]+)(\\+\\+|--)", [](room_message& said) {
        const match& found = said.match();
        return std::string(found["who"]) + "|" + std::string(found[2]) + "|"
               + std::string(found.before()) + "|" + std::string(found.text());
    });
    running_addon running(program_);
    installed_in(running);
    const plain_answer answer = say(running, "more Karma ada++ please");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json::parse(answer.body).at("message"), "ada|++|more |Karma ada++");
}

// proves: addon 5.2 search
TEST_F(patterns, are_searched_again_on_this_side) {
    program_.on_message("^/karma", [](room_message&) { return "found"; });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(say(running, "/karma ada").status, 200);
    EXPECT_EQ(say(running, "/Karma ada").status, 204);
    EXPECT_EQ(say(running, "try /karma").status, 204);
    const addons::delivery_counts counts = counts_of(running);
    EXPECT_EQ(counts.accepted, 3U);
    EXPECT_EQ(counts.unmatched, 2U);
}

// proves: addon 5.2 dialect
TEST_F(patterns, that_need_backtracking_are_searched_beside_the_loop) {
    program_.on_message("^/(?=.*now)(\\w)\\1",
                        [](room_message& said) { return std::string(said.match()[1]); });
    running_addon running(program_);
    installed_in(running);
    const plain_answer answer = say(running, "/aab now");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json::parse(answer.body).at("message"), "a");
    EXPECT_EQ(say(running, "/abb now").status, 204);
    EXPECT_EQ(say(running, "/aab later").status, 204);
}

TEST_F(patterns, that_would_take_for_ever_find_nothing_and_hold_nothing_up) {
    program_.on_message("(?=)((a*)*)*b", [](room_message&) { return "found"; });
    program_.on_message("^/quick", [](room_message&) { return "quick"; });
    running_addon running(program_);
    installed_in(running);
    EXPECT_EQ(say(running, std::string(5000, 'a')).status, 204);
    EXPECT_EQ(say(running, "/quick", "/event/room_message/2").status, 200);
}

TEST_F(patterns, of_notifications_are_searched_in_their_text) {
    program_.on_notification("live$", [](room_notification& posted) {
        return "seen: " + std::string(posted.match().text());
    });
    running_addon running(program_);
    installed_in(running);
    const std::string head =
        R"({"event":"room_notification","item":{"room":{"id":4021},"message":{"message":")";
    const std::string tail = R"(","from":"Bell"}}})";
    EXPECT_EQ(running.deliver("/event/room_notification", head + "it is live" + tail, token())
                      .body.find("seen: live")
                  != std::string::npos,
              true);
    EXPECT_EQ(running.deliver("/event/room_notification", head + "dead" + tail, token()).status,
              204);
}

}  // namespace
}  // namespace hipchat::testing
