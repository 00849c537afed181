// examples/incident as a program.

#include "running_example.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

const std::string timeline = "/page/timeline";
const std::string pushes = "/v2/addon/ui/room/4021";
const someone bo{118, "Bo Tanaka", "BoT"};

class incident : public running_example {
protected:
    incident() : running_example("incident", {{"INCIDENT_INTERVAL", "1"}}) {
        host_.answer(pushes, {.status = 204});
    }

    /// Opens one, and gives the URL of the webhook that the room has from then on.
    std::string opened(const credentials& in, const std::string& title) {
        EXPECT_EQ(say(in, "/incident open " + title),
                  "Incident: " + title + ". What is said from now on is in its timeline.");
        const auto webhooks = host_.webhooks();
        if (webhooks.size() != 1) {
            ADD_FAILURE() << webhooks.size() << " webhooks";
            return {};
        }
        return std::string(webhooks[0].at("url").as_string());
    }

    /// What the last push showed.
    json::value pushed() const {
        const auto requests = host_.requests(pushes);
        return json::parse(requests.back().body).at_pointer("/glance/0/content");
    }
};

TEST_F(incident, is_opened_and_closed_by_its_command) {
    const credentials lobby = install();
    EXPECT_EQ(say(lobby, "/incident"), "No incident is open. Say /incident open TITLE");
    EXPECT_EQ(say(lobby, "/incident close"), "No incident is open.");
    EXPECT_TRUE(contains(say(lobby, "/incident open"), "/incident open TITLE"));
    opened(lobby, "DB is down");
    EXPECT_EQ(say(lobby, "/incident"), "Open for 0 min: DB is down");
    EXPECT_EQ(say(lobby, "/incident open another"), "Open for 0 min: DB is down");
    EXPECT_EQ(say(lobby, "/incident close"), "Closed after 0 min: DB is down");
    EXPECT_EQ(say(lobby, "/incident"), "No incident is open. Say /incident open TITLE");
    EXPECT_TRUE(contains(say(lobby, "/incident open " + std::string(201, 'x')), "200"));
    EXPECT_TRUE(host_.webhooks().empty());
}

// proves: addon 5.1 by REST
TEST_F(incident, records_what_is_said_while_it_is_open) {
    const credentials lobby = install();
    EXPECT_FALSE(deliver(lobby, "nobody listens yet"));
    const std::string url = opened(lobby, "DB is down");
    EXPECT_EQ(host_.webhooks()[0].at("event"), "room_message");
    EXPECT_EQ(host_.webhooks()[0].at("authentication"), "jwt");
    EXPECT_EQ(deliver_to(url, lobby, "restarting <b>it</b>", bo).status, 204);
    wait_until(
        [&] { return static_cast<bool>(contains(open(lobby, timeline).body, "restarting")); });
    EXPECT_TRUE(contains(open(lobby, timeline).body, "<h1>DB is down</h1>", "opened by Ada",
                         "<b>Bo Tanaka</b> restarting &lt;b&gt;it&lt;/b&gt;"));

    say(lobby, "/incident close");
    EXPECT_EQ(deliver_to(url, lobby, "too late").status, 410);
    EXPECT_FALSE(contains(open(lobby, timeline).body, "too late"));
    EXPECT_TRUE(contains(open(lobby, timeline).body, "closed after", "restarting"));
}

TEST_F(incident, listens_to_the_host_of_its_own_installation_only) {
    const credentials lobby = install();
    const credentials other = install(4022);
    const std::string url = opened(lobby, "DB is down");
    EXPECT_EQ(deliver_to(url, other, "forged", {}, 4022).status, 401);
    EXPECT_EQ(deliver_to(url, {lobby.oauth_id, secret("guessed"), room}, "forged").status, 401);
    EXPECT_EQ(deliver_to(url, lobby, "honest").status, 204);
    wait_until([&] { return static_cast<bool>(contains(open(lobby, timeline).body, "honest")); });
    EXPECT_FALSE(contains(open(lobby, timeline).body, "forged"));
    EXPECT_TRUE(contains(open(other, timeline, {}, 4022).body, "<h1>No incident</h1>"));
}

// proves: addon 6.3 push room
TEST_F(incident, is_shown_by_a_glance_that_is_pushed_when_it_changes) {
    const credentials lobby = install();
    EXPECT_TRUE(contains(glance(lobby, "incident").body, "No incident", "success"));
    opened(lobby, "DB is down");
    ASSERT_TRUE(host_.wait_for(pushes, 1));
    EXPECT_EQ(pushed().at_pointer("/label/value"), "DB is down");
    EXPECT_EQ(pushed().at_pointer("/status/value/label"), "0 min");
    EXPECT_EQ(pushed().at_pointer("/status/value/type"), "error");
    EXPECT_EQ(json::parse(glance(lobby, "incident").body), pushed());
    say(lobby, "/incident close");
    EXPECT_EQ(pushed().at_pointer("/label/value"), "No incident");
}

TEST_F(incident, ages_while_nobody_asks) {
    const credentials lobby = install();
    opened(lobby, "DB is down");
    EXPECT_TRUE(host_.wait_for(pushes, 3)) << "one for the opening, the others by themselves";
    EXPECT_EQ(pushed().at_pointer("/label/value"), "DB is down");
}

// proves: addon 7.1 external page
TEST_F(incident, has_a_timeline_in_a_tab_of_its_own) {
    const credentials lobby = install();
    ASSERT_EQ(described().external_pages.size(), 1U);
    EXPECT_EQ(described().glances[0].target->key, described().external_pages[0].key);
    opened(lobby, "<i>DB</i>");
    const plain_answer page = open(lobby, timeline);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(contains(page.body, "<h1>&lt;i&gt;DB&lt;/i&gt;</h1>"));
    EXPECT_EQ(get(timeline).status, 401);
}

// proves: addon 7.6 admin page
TEST_F(incident, is_closed_by_an_administrator_too) {
    const credentials group = install(std::nullopt);
    EXPECT_TRUE(contains(open(group, "/admin").body, "There was none yet"));
    opened(group, "DB is down");
    say(group, "/incident open no coffee", {}, 4022);
    const plain_answer page = open(group, "/admin");
    EXPECT_TRUE(contains(page.body, "Room 4021", "DB is down", "Room 4022", "no coffee"));
    const std::string token = token_in(page);
    const plain_answer closed = call("POST", "/close", token, "room=4021");
    EXPECT_EQ(closed.status, 303) << closed.body;
    EXPECT_EQ(say(group, "/incident"), "No incident is open. Say /incident open TITLE");
    EXPECT_EQ(say(group, "/incident", {}, 4022), "Open for 0 min: no coffee");
    EXPECT_EQ(host_.webhooks().size(), 1U);
    EXPECT_EQ(call("POST", "/close", token, "room=4023").status, 400) << "never had one";
}

TEST_F(incident, is_closed_by_no_guest_and_no_stranger) {
    const credentials lobby = install();
    opened(lobby, "DB is down");
    const someone guest{0, "A guest", ""};
    EXPECT_EQ(get("/admin").status, 401);
    EXPECT_EQ(call("POST", "/close", "", "room=4021").status, 401);
    const std::string token = token_in(open(lobby, "/admin", guest));
    EXPECT_EQ(call("POST", "/close", token, "room=4021").status, 403);
    EXPECT_EQ(say(lobby, "/incident"), "Open for 0 min: DB is down");
}

TEST_F(incident, is_opened_where_the_host_does_not_let_it_listen) {
    const credentials lobby = install();
    host_.answer_webhooks(403);
    EXPECT_TRUE(contains(say(lobby, "/incident open DB is down"), "nothing is recorded"));
    EXPECT_EQ(say(lobby, "/incident"), "Open for 0 min: DB is down");
    EXPECT_EQ(say(lobby, "/incident close"), "Closed after 0 min: DB is down");
}

TEST_F(incident, is_closed_although_the_host_goes_on_delivering) {
    const credentials lobby = install();
    const std::string url = opened(lobby, "DB is down");
    host_.answer_webhooks(403);
    EXPECT_EQ(say(lobby, "/incident close"), "Closed after 0 min: DB is down");
    EXPECT_EQ(host_.webhooks().size(), 1U);
    host_.obey_webhooks();
    EXPECT_EQ(deliver_to(url, lobby, "too late").status, 410);
    EXPECT_TRUE(host_.wait_for_webhooks(0)) << "the refused delivery led to another try";
}

TEST_F(incident, goes_on_after_a_restart_and_ends_with_its_installation) {
    const credentials lobby = install();
    const std::string url = opened(lobby, "DB is down");
    restart();
    EXPECT_EQ(deliver_to(url, lobby, "still down").status, 204);
    wait_until(
        [&] { return static_cast<bool>(contains(open(lobby, timeline).body, "still down")); });
    EXPECT_EQ(uninstall(lobby).status, 204);
    EXPECT_EQ(deliver_to(url, lobby, "gone").status, 401);
}

}  // namespace
}  // namespace hipchat::testing
