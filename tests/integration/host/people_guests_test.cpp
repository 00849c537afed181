#include "signed_in_host.hpp"

namespace hipchat::host::testing {
namespace {

class guests : public signed_in_host {
protected:
    std::string come(const std::string& token, const std::string& name) const {
        const plain_answer came =
            host_.send("POST", "/api/guests/" + token, R"({"name":")" + name + R"("})");
        EXPECT_EQ(came.status, 201) << came.body;
        return cookie_of(came);
    }
    void make_another_room() const {
        const running_host::headers shell{{"Authorization", "Bearer " + token_of_ada()}};
        EXPECT_EQ(host_.send("POST", "/v2/room", R"({"name":"Backstage"})", shell).status, 201);
    }
    std::string token_of_ada() const {
        const plain_answer made = ask(ada_, "POST", "/api/people/@Ada/tokens",
                                      R"({"label":"t","scopes":["manage_rooms","view_group"]})");
        return std::string(body_of(made).at("token").as_string());
    }
};

TEST_F(guests, see_the_room_of_their_link_and_nothing_else) {
    make_another_room();
    const std::string token = open_to_guests();
    EXPECT_EQ(body_of(host_.get("/api/guests/" + token)).at("room").as_string(), "Lobby");
    const std::string eve = come(token, "Eve");
    EXPECT_EQ(rooms_seen_by(eve), "Lobby;");
    EXPECT_EQ(get(eve, "/api/rooms/Backstage").status, 404);
    EXPECT_EQ(
        ask(eve, "POST", "/api/rooms/1/events", R"({"event":"room_message","text":"hi"})").status,
        201);
}

TEST_F(guests, are_no_members_of_the_group) {
    const std::string eve = come(open_to_guests(), "Eve");
    for (const char* const path :
         {"/api/people", "/api/rooms/1/integrations", "/api/rooms/1/tokens", "/api/rooms/1/access",
          "/api/people/@Eve/tokens"})
        EXPECT_EQ(get(eve, path).status, 403) << path;
}

TEST_F(guests, cannot_take_the_name_of_somebody_who_belongs_here) {
    const std::string eve = come(open_to_guests(), "Ada");
    EXPECT_EQ(body_of(get(eve, "/api/session")).at("you").at("name").as_string(), "Ada 2");
}

TEST_F(guests, are_gone_when_the_link_is_switched_off) {
    const std::string token = open_to_guests();
    const std::string eve = come(token, "Eve");
    EXPECT_EQ(ask(ada_, "PUT", "/api/rooms/1/access", R"({"guests":false})").status, 200);
    EXPECT_EQ(rooms_seen_by(eve), "");
    EXPECT_EQ(host_.get("/api/guests/" + token).status, 404);
    EXPECT_NE(open_to_guests(), token) << "an old link never works again";
}

TEST_F(guests, are_signed_in_for_a_day) {
    const std::string eve = come(open_to_guests(), "Eve");
    time_.advance(std::chrono::hours(24));
    EXPECT_EQ(get(eve, "/api/rooms").status, 401);
}

// proves: host 4 GET /user include-guests
TEST_F(guests, are_listed_over_the_rest_api_for_who_asks_for_them) {
    come(open_to_guests(), "Eve");
    const running_host::headers bearer{{"Authorization", "Bearer " + token_of_ada()}};
    const auto names = [&](const std::string& query) {
        return host_.send("GET", "/v2/user" + query, "", bearer).body;
    };
    EXPECT_EQ(names("").find("Eve"), std::string::npos);
    EXPECT_NE(names("?include-guests=true").find("Eve"), std::string::npos);
    const std::string eve = host_.send("GET", "/v2/user/@Eve", "", bearer).body;
    EXPECT_NE(eve.find(R"("is_guest":true)"), std::string::npos) << eve;
}

}  // namespace
}  // namespace hipchat::host::testing
