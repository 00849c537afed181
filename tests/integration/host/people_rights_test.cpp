#include "live_page.hpp"
#include "signed_in_host.hpp"

// Who may do what, once there are accounts.

namespace hipchat::host::testing {
namespace {

class rights : public signed_in_host {
protected:
    // A private room of Ada's.
    void make_private() const {
        EXPECT_EQ(ask(ada_, "PUT", "/api/rooms/Lobby/access", R"({"privacy":"private"})").status,
                  200);
    }
};

// A test of every route that there is, so that a new one is in it.
TEST_F(rights, are_needed_for_every_route_of_the_hosts_pages) {
    for (const route_policy& each : host_.policies()) {
        if (each.who != "person_here") continue;
        EXPECT_EQ(ask("", each.method, each.path, each.method == "GET" ? "" : "{}").status, 401)
            << each.method << ' ' << each.path;
        EXPECT_EQ(ask("hipchat_session=" + std::string(43, 'x'), each.method, each.path).status,
                  401)
            << each.method << ' ' << each.path;
    }
}

TEST_F(rights, are_not_lent_to_pages_of_other_sites) {
    for (const route_policy& each : host_.policies()) {
        if ((each.who != "person_here" && each.who != "visitor") || each.method == "GET") continue;
        const running_host::headers forged{{"Cookie", ada_}, {"Origin", "http://evil.test"}};
        EXPECT_EQ(host_.send(each.method, each.path, "{}", forged).status, 403)
            << each.method << ' ' << each.path;
        const running_host::headers blind{{"Cookie", ada_}, {"Sec-Fetch-Site", "cross-site"}};
        EXPECT_EQ(host_.send(each.method, each.path, "{}", blind).status, 403)
            << each.method << ' ' << each.path;
        const running_host::headers form{{"Cookie", ada_},
                                         {"Content-Type", "application/x-www-form-urlencoded"}};
        EXPECT_EQ(host_.send(each.method, each.path, "a=b", form).status, 415)
            << each.method << ' ' << each.path;
    }
}

TEST_F(rights, of_pages_lead_strangers_to_where_they_sign_in) {
    const plain_answer led = get("", "/rooms/1?x=y");
    EXPECT_EQ(led.status, 302);
    EXPECT_EQ(led.header("Location"), "/sign-in?next=%2Frooms%2F1%3Fx%3Dy");
    EXPECT_EQ(get(ada_, "/rooms/1").status, 200);
}

TEST_F(rights, of_admins_are_not_those_of_members) {
    const std::string bo = join("Bo");
    const std::string id = id_of("Ada");
    EXPECT_EQ(ask(bo, "POST", "/api/people", "{}").status, 403);
    EXPECT_EQ(ask(bo, "PUT", "/api/people/" + id + "/role", R"({"role":"member"})").status, 403);
    EXPECT_EQ(ask(bo, "DELETE", "/api/people/" + id).status, 403);
    EXPECT_EQ(ask(bo, "POST", "/api/integrations", "{}").status, 403);
    EXPECT_EQ(ask(bo, "POST", "/api/rooms/1/integrations", "{}").status, 403)
        << "the room is Ada's";
    EXPECT_EQ(get(bo, "/api/rooms/1/traffic").status, 403);
    EXPECT_EQ(get(bo, "/api/people").status, 200);
}

TEST_F(rights, of_owners_are_not_those_of_admins) {
    const std::string bo = join("Bo", "admin");
    const std::string id = id_of("Ada");
    EXPECT_EQ(ask(bo, "PUT", "/api/people/" + id + "/role", R"({"role":"member"})").status, 403);
    EXPECT_EQ(ask(bo, "DELETE", "/api/people/" + id).status, 403);
    EXPECT_EQ(ask(bo, "POST", "/api/people/" + id + "/invitation").status, 403)
        << "whoever has the link chooses the password";
    EXPECT_EQ(ask(bo, "PUT", "/api/people/" + id_of("Bo") + "/role", R"({"role":"owner"})").status,
              403);
}

TEST_F(rights, to_tokens_are_those_to_ones_own) {
    const std::string bo = join("Bo");
    EXPECT_EQ(get(bo, "/api/people/@Ada/tokens").status, 403);
    EXPECT_EQ(get(bo, "/api/people/@Bo/tokens").status, 200);
    EXPECT_EQ(
        ask(ada_, "POST", "/api/people/@Bo/tokens", R"({"label":"x","scopes":["view_group"]})")
            .status,
        403);
}

TEST_F(rights, to_a_private_room_are_its_members) {
    const std::string bo = join("Bo");
    make_private();
    EXPECT_EQ(rooms_seen_by(bo), "");
    for (const char* const path : {"/api/rooms/1", "/api/rooms/1/changes", "/api/rooms/Lobby",
                                   "/api/rooms/1/modules", "/api/rooms/1/integrations"})
        EXPECT_EQ(get(bo, path).status, 404) << path;
    EXPECT_EQ(get(bo, "/rooms/1").status, 404);
    EXPECT_EQ(ask(bo, "POST", "/api/rooms/1/events", R"({"event":"room_enter"})").status, 404);

    EXPECT_EQ(ask(ada_, "PUT", "/api/rooms/1/access/" + id_of("Bo"), "{}").status, 200);
    EXPECT_EQ(rooms_seen_by(bo), "Lobby;");
    EXPECT_EQ(ask(ada_, "DELETE", "/api/rooms/1/access/" + id_of("Bo")).status, 200);
    EXPECT_EQ(rooms_seen_by(bo), "");
}

TEST_F(rights, that_were_taken_away_end_live_sockets) {
    const std::string bo = join("Bo");
    live_page page(host_.port(), "", "Cookie: " + bo + "\r\n");
    EXPECT_EQ(page.frame("welcome").at("you").at("name").as_string(), "Bo");
    make_private();
    ask(ada_, "POST", "/api/rooms/1/events",
        R"({"event":"room_message","text":"now we are alone"})");
    EXPECT_TRUE(page.is_closed());
}

TEST_F(rights, that_ended_with_the_session_end_live_sockets) {
    const std::string bo = join("Bo");
    live_page page(host_.port(), "", "Cookie: " + bo + "\r\n");
    page.frame("welcome");
    ask(bo, "DELETE", "/api/session");
    page.send({{"type", "say"}, {"text", "still here?"}, {"origin_id", "1"}});
    EXPECT_TRUE(page.is_closed());
    const json::value changes = body_of(get(ada_, "/api/rooms/1/changes"));
    EXPECT_EQ(json::serialize(changes).find("still here?"), std::string::npos);
}

}  // namespace
}  // namespace hipchat::host::testing
