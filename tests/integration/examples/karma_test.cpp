// examples/karma as a program.

#include "running_example.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

class karma : public running_example {
protected:
    karma() : running_example("karma") {}
};

const std::string leaderboard = "/webpanel/leaderboard";

TEST_F(karma, counts_what_people_type) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "ship it, bob++"), "bob rises to 1");
    EXPECT_EQ(say(lobby, "@bob++ again"), "bob rises to 2");
    EXPECT_EQ(say(lobby, "oh no bob--"), "bob falls to 1");
    EXPECT_EQ(say(lobby, "Zoë++"), "Zoë rises to 1");
    EXPECT_EQ(say(lobby, "c++ --- i++; http://example.test/a--b"), "c rises to 1");
    EXPECT_FALSE(deliver(lobby, "hello bob"));
    EXPECT_FALSE(deliver(lobby, "-- \n ++"));
}

TEST_F(karma, is_not_given_to_oneself) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "AdaL++"), "Nobody gives karma to themselves, AdaL.");
    EXPECT_EQ(say(lobby, "AdaL--"), "AdaL falls to -1");
    EXPECT_EQ(say(lobby, "@AdaL++", {118, "Bo Tanaka", "BoT"}), "AdaL rises to 0");
}

TEST_F(karma, of_a_group_is_one_and_of_rooms_is_their_own) {
    const credentials group = install(std::nullopt);
    EXPECT_EQ(say(group, "bob++", {}, 1), "bob rises to 1");
    EXPECT_EQ(say(group, "bob++", {}, 2), "bob rises to 2");
    const credentials first = install(3);
    const credentials second = install(4);
    EXPECT_EQ(say(first, "bob++", {}, 3), "bob rises to 1");
    EXPECT_EQ(say(second, "bob++", {}, 4), "bob rises to 1");
    EXPECT_EQ(say(group, "bob--", {}, 3), "bob falls to 1");
}

TEST_F(karma, lasts_through_a_restart) {
    const credentials lobby = install();
    say(lobby, "bob++");
    restart();
    EXPECT_EQ(say(lobby, "bob++"), "bob rises to 2");
}

// proves: addon 6.1 query; addon 6.1 CORS; addon 6.2 lozenge
TEST_F(karma, has_a_glance_with_the_leader) {
    const credentials lobby = install();
    EXPECT_TRUE(contains(glance(lobby, "karma").body, "No karma yet"));
    say(lobby, "bob++");
    say(lobby, "bob++");
    say(lobby, "cy++");
    const plain_answer shown = glance(lobby, "karma");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("Access-Control-Allow-Origin"), host_.base());
    EXPECT_EQ(json::parse(shown.body),
              json::parse(R"({"label":{"type":"html","value":"bob"},"status":{"type":"lozenge",)"
                          R"("value":{"label":"2","type":"default"}}})"));
    EXPECT_EQ(get("/glance/karma").status, 401);
}

// proves: addon 7.1 web panel; addon 7.1 framable
TEST_F(karma, has_a_panel_with_the_best_ten_and_no_markup_of_theirs) {
    const credentials lobby = install();
    for (int number = 1; number <= 11; ++number)
        for (int times = 0; times < number; ++times)
            say(lobby, "<b>" + std::to_string(number) + "++");
    const plain_answer page = open(lobby, leaderboard);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(
        contains(page.header("Content-Security-Policy"), "frame-ancestors " + host_.base() + ";"));
    EXPECT_TRUE(contains(page.body, "&lt;b&gt;11", "&lt;b&gt;2<"));
    EXPECT_EQ(page.body.find("&lt;b&gt;1<"), std::string::npos) << "the eleventh";
    EXPECT_LT(page.body.find("&lt;b&gt;11"), page.body.find("&lt;b&gt;10"));
    EXPECT_EQ(get(leaderboard).status, 401);
}

// proves: addon 4.4 page token
TEST_F(karma, answers_the_calls_of_its_panel) {
    const credentials lobby = install();
    const std::string token = token_in(open(lobby, leaderboard));
    say(lobby, "bob++");
    const plain_answer rows = call("GET", "/leaders", token);
    EXPECT_EQ(rows.status, 200);
    EXPECT_TRUE(contains(rows.body, "<td>bob</td>", ">1<"));
    EXPECT_EQ(call("GET", "/leaders", "").status, 401);
}

TEST_F(karma, shows_its_icon_to_anybody) {
    const plain_answer icon = get("/icon.svg");
    EXPECT_EQ(icon.status, 200);
    EXPECT_EQ(icon.header("Content-Type"), "image/svg+xml");
}

TEST_F(karma, ends_with_its_installation) {
    const credentials lobby = install();
    say(lobby, "bob++");
    EXPECT_EQ(uninstall(lobby).status, 204);
    EXPECT_EQ(deliver(lobby, "bob++")->status, 401);
    EXPECT_EQ(open(lobby, leaderboard).status, 401);
}

}  // namespace
}  // namespace hipchat::testing
