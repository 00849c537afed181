// examples/standup as a program.

#include "running_example.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

const std::string dialog = "/dialog/report";
const someone bo{118, "Bo Tanaka", "BoT"};
const someone guest{0, "A guest", ""};

class standup : public running_example {
protected:
    standup() : running_example("standup") {
        host_.answer("/v2/room/4021/participant",
                     transport::http_response::of(
                         200, "application/json",
                         R"({"items":[{"id":117,"name":"Ada Lindqvist","mention_name":"AdaL"},)"
                         R"({"id":118,"name":"Bo Tanaka","mention_name":"BoT"}],"links":{}})"));
    }

    /// The card of the last notification that it sent to the room, once there are so many.
    json::value sent_card(std::size_t count = 1) const {
        EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, count));
        const auto requests = host_.requests(scripted_host::notification_path);
        return json::parse(requests.back().body).at("card");
    }
};

TEST_F(standup, collects_lines_by_its_command) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "/standup"), "Standup: nobody yet. Say /standup help");
    EXPECT_EQ(say(lobby, "/standup add fixed the build"), "Noted, Ada Lindqvist");
    EXPECT_EQ(say(lobby, "/su add wrote <b>tests</b>"), "Noted, Ada Lindqvist");
    EXPECT_EQ(say(lobby, "/standup add slept", bo), "Noted, Bo Tanaka");
    EXPECT_TRUE(contains(say(lobby, "/standup"), "Standup of 20",
                         "\nAda Lindqvist: fixed the build\nwrote <b>tests</b>",
                         "\nBo Tanaka: slept"));
    EXPECT_FALSE(deliver(lobby, "/standups"));
}

TEST_F(standup, says_how_it_is_used) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "/standup help"), say(lobby, "/standup what"));
    EXPECT_TRUE(contains(say(lobby, "/standup help"), "/standup add TEXT", "/standup show", "/su"));
    EXPECT_TRUE(contains(say(lobby, "/standup add"), "/standup add TEXT"));
}

TEST_F(standup, takes_no_more_than_it_can_show) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "/standup add " + std::string(400, 'x')), "Noted, Ada Lindqvist");
    EXPECT_TRUE(contains(say(lobby, "/standup add " + std::string(400, 'x')), "full"));
    EXPECT_EQ(say(lobby, "/standup add " + std::string(99, 'x')), "Noted, Ada Lindqvist");
}

// proves: addon 8.1 card; addon 8.2 style; addon 8.2 attributes
TEST_F(standup, posts_a_report_as_a_card) {
    const credentials lobby = install();
    EXPECT_TRUE(contains(say(lobby, "/standup show"), "not reported"));
    say(lobby, "/standup add fixed the build");
    const json::value shown = json::parse(deliver(lobby, "/standup show")->body);
    EXPECT_EQ(shown.at("message"), "Ada Lindqvist: fixed the build");
    EXPECT_EQ(shown.at("card").at("style"), "application");
    EXPECT_EQ(shown.at("card").at("title"), "Standup: Ada Lindqvist");
}

// proves: addon 7.1 dialog
TEST_F(standup, takes_the_form_of_its_dialog) {
    const credentials lobby = install();
    const plain_answer page = open(lobby, dialog);
    ASSERT_EQ(page.status, 200) << page.body;
    const plain_answer taken = call("POST", "/report", token_in(page),
                                    "done=Fixed%20%3Ci%3Eit%3C%2Fi%3E&next=sleep&blocked=Bo");
    EXPECT_EQ(taken.status, 204) << taken.body;
    const json::value card = sent_card();
    EXPECT_EQ(card.at("description"), "Fixed <i>it</i>");
    EXPECT_EQ(card.at_pointer("/attributes/0/value/label"), "sleep");
    EXPECT_EQ(card.at_pointer("/attributes/1/label"), "blocked by");
    EXPECT_EQ(card.at_pointer("/attributes/1/value/style"), "lozenge-error");
    EXPECT_TRUE(contains(open(lobby, dialog).body, "Fixed &lt;i&gt;it&lt;/i&gt;", ">sleep<"));
    EXPECT_FALSE(contains(open(lobby, dialog, bo).body, "Fixed")) << "that is Ada's";
}

TEST_F(standup, refuses_a_form_that_says_nothing_or_too_much) {
    const credentials lobby = install();
    const std::string token = token_in(open(lobby, dialog));
    const auto post = [&](const std::string& form) { return call("POST", "/report", token, form); };
    EXPECT_TRUE(contains(post("next=x&blocked=").body, "done"));
    EXPECT_EQ(post("done=&next=&blocked=").status, 400);
    const plain_answer long_one = post("done=x&next=" + std::string(501, 'x') + "&blocked=");
    EXPECT_EQ(long_one.status, 400);
    EXPECT_TRUE(contains(long_one.body, "next"));
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

TEST_F(standup, takes_no_reports_of_guests_and_strangers) {
    const credentials lobby = install();
    const std::string form = "done=x&next=&blocked=";
    EXPECT_EQ(call("POST", "/report", "", form).status, 401);
    EXPECT_EQ(call("POST", "/report", token_in(open(lobby, dialog, guest)), form).status, 403);
    for (const std::string path : {dialog.c_str(), "/configure"})
        EXPECT_EQ(get(path).status, 401) << path;
    EXPECT_EQ(call("POST", "/settings", "", "title=x&hour=1").status, 401);
}

// proves: addon 7.6 configure
TEST_F(standup, has_settings_for_each_room) {
    const credentials group = install(std::nullopt);
    const plain_answer page = open(group, "/configure");
    ASSERT_EQ(page.status, 200) << page.body;
    const plain_answer saved =
        call("POST", "/settings", token_in(page), "title=Daily%20%26%20co&hour=1");
    EXPECT_EQ(saved.status, 303) << saved.body;
    const std::string to = saved.header("Location");
    const plain_answer again = get(to.substr(to.find('/', 8)));
    EXPECT_TRUE(contains(again.body, "are saved", "Daily &amp; co", "value=\"1\""));
    EXPECT_TRUE(say(group, "/standup").starts_with("Daily & co: "));
    EXPECT_TRUE(say(group, "/standup", {}, 4022).starts_with("Standup: ")) << "another room";
}

TEST_F(standup, refuses_settings_that_cannot_be) {
    const credentials lobby = install();
    const std::string token = token_in(open(lobby, "/configure"));
    for (const char* hour : {"0", "25", "noon", ""}) {
        const plain_answer refused =
            call("POST", "/settings", token, std::string("title=x&hour=") + hour);
        EXPECT_EQ(refused.status, 400) << hour;
        EXPECT_TRUE(contains(refused.body, "hour"));
    }
    EXPECT_TRUE(contains(call("POST", "/settings", token, "title=&hour=1").body, "title"));
    EXPECT_TRUE(say(lobby, "/standup").starts_with("Standup: "));
}

// proves: addon 7.4 actions
TEST_F(standup, has_its_dialog_behind_two_actions) {
    ASSERT_EQ(described().actions.size(), 2U);
    for (const action_module& one : described().actions)
        EXPECT_EQ(one.target.key, "report");
    EXPECT_EQ(described().actions[0].location, action_module::place::input);
    EXPECT_EQ(described().actions[1].location, action_module::place::message);
}

TEST_F(standup, keeps_reports_through_a_restart_and_ends_with_its_installation) {
    const credentials lobby = install();
    say(lobby, "/standup add fixed the build");
    restart();
    EXPECT_TRUE(contains(say(lobby, "/standup"), "fixed the build"));
    EXPECT_EQ(uninstall(lobby).status, 204);
    EXPECT_EQ(deliver(lobby, "/standup")->status, 401);
}

}  // namespace
}  // namespace hipchat::testing
