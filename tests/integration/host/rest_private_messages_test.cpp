// What two people say to each other over the REST API.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_private_messages : public rest_caller {
protected:
    plain_answer say(const std::string& token, const std::string& to,
                     const std::string& text) const {
        return ask(token, "POST", "/v2/user/" + to + "/message",
                   json::serialize(json::object{{"message", text}}));
    }
};
using strings = std::vector<std::string>;

// proves: host 4 serves POST /user/{u}/message; host 4 serves GET /user/{u}/history
TEST_F(rest_private_messages, are_in_the_history_of_both_and_of_nobody_else) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    const std::string cy = token_of("Cy");
    EXPECT_EQ(say(ada, "@Bo", "psst").status, 204);
    EXPECT_EQ(say(bo, "@Ada", "yes? @Ada").status, 204);
    EXPECT_EQ(say(cy, "@Ada", "other").status, 204);
    const json::object history = read(ada, "/v2/user/@Bo/history");
    EXPECT_EQ(column(history, "message"), (strings{"psst", "yes? @Ada"}));
    EXPECT_EQ(history.at("items").at(1).at("from").at("name"), "Bo");
    EXPECT_EQ(history.at("items").at(1).at("mentions").at(0).at("name"), "Ada");
    EXPECT_EQ(column(read(bo, "/v2/user/@Ada/history"), "message"), (strings{"psst", "yes? @Ada"}));
    EXPECT_TRUE(read(cy, "/v2/user/@Bo/history").at("items").as_array().empty());
    EXPECT_TRUE(read(ada, "/v2/room/1/history").at("items").as_array().empty());
}

TEST_F(rest_private_messages, are_sent_by_people_only) {
    token_of("Bo");
    EXPECT_EQ(say(addon_token(), "@Bo", "x").status, 403);
    EXPECT_EQ(get(addon_token(), "/v2/user/@Bo/history").status, 403);
    const std::string ada = token_of("Ada");
    EXPECT_EQ(say(ada, "@Nobody", "x").status, 404);
    EXPECT_EQ(field_of(say(ada, "@Bo", "")), "message");
    EXPECT_EQ(field_of(say(ada, "@Bo", std::string(10'001, 'x'))), "message");
    EXPECT_EQ(say(ada, "@Bo", std::string(10'000, 'x')).status, 204);
}

// proves: host 4 serves GET /user/{u}/history/latest; host 4 serves GET /user/{u}/history/{id}
TEST_F(rest_private_messages, are_found_one_by_one_and_after_one_that_is_known) {
    const std::string ada = token_of("Ada");
    const std::string bo = token_of("Bo");
    for (const char* const text : {"one", "two", "three"})
        say(ada, "@Bo", text);
    const json::object history = read(ada, "/v2/user/@Bo/history?date=2100-01-01T00:00:00Z");
    const std::string two(history.at("items").at(1).at("id").as_string());
    EXPECT_EQ(column(read(ada, "/v2/user/@Bo/history/latest?not-before=" + two), "message"),
              (strings{"two", "three"}));
    EXPECT_EQ(read(bo, "/v2/user/@Ada/history/" + two).at("message").at("message"), "two");
    EXPECT_EQ(get(token_of("Cy"), "/v2/user/@Ada/history/" + two).status, 404);
    EXPECT_EQ(get(ada, "/v2/room/1/history/" + two).status, 404);
}

// proves: host 4 serves /user/{u}/share
TEST_F(rest_private_messages, carry_links_and_files) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    EXPECT_EQ(
        ask(ada, "POST", "/v2/user/@Bo/share/link", R"({"link":"https://example.test/a"})").status,
        204);
    const plain_answer shared = host_.send(
        "POST", "/v2/user/@Bo/share/file",
        "--b\nContent-Disposition: attachment; name=\"file\"; filename=\"a.txt\"\n\nhi\n--b--",
        {{"Authorization", "Bearer " + ada}, {"Content-Type", "multipart/related; boundary=b"}});
    EXPECT_EQ(shared.status, 204) << shared.body;
    const json::object history = read(ada, "/v2/user/@Bo/history");
    EXPECT_EQ(column(history, "message"), (strings{"https://example.test/a", ""}));
    const std::string url(history.at("items").at(1).at("file").at("url").as_string());
    EXPECT_EQ(host_.get(url.substr(host_.base().size())).body, "hi");
}

TEST_F(rest_private_messages, survive_a_restart) {
    const temporary_folder folder;
    std::string token;
    {
        const running_host first(folder.file("data"));
        first.act("room_enter", "Ada");
        token =
            body_of(first.send(
                        "POST", "/api/people/Ada/tokens",
                        R"({"label":"x","scopes":["send_message","view_messages","view_group"]})"))
                .at("token")
                .as_string();
        EXPECT_EQ(first
                      .send("POST", "/v2/user/@Ada/message", R"({"message":"note to self"})",
                            {{"Authorization", "Bearer " + token}})
                      .status,
                  204);
    }
    const running_host second(folder.file("data"));
    const plain_answer history =
        second.send("GET", "/v2/user/@Ada/history", "", {{"Authorization", "Bearer " + token}});
    EXPECT_EQ(body_of(history).at("items").at(0).at("message"), "note to self");
    const plain_answer ada =
        second.send("GET", "/v2/user/@Ada", "", {{"Authorization", "Bearer " + token}});
    EXPECT_TRUE(body_of(ada).at("last_active").is_string());
}

class rest_private_limits : public rest_caller {
protected:
    rest_private_limits()
        : rest_caller([](host_options& options) { options.limits.messages_a_minute = 1; }) {}
};

TEST_F(rest_private_limits, keep_a_person_from_being_flooded) {
    const std::string ada = token_of("Ada");
    token_of("Bo");
    const auto say = [&](const std::string& to) {
        return ask(ada, "POST", "/v2/user/" + to + "/message", R"({"message":"x"})");
    };
    EXPECT_EQ(say("@Bo").header("X-FloodControl-Remaining"), "0");
    EXPECT_EQ(say("@Bo").status, 429);
    EXPECT_EQ(say("@Ada").status, 204) << "others have their own";
}

}  // namespace
}  // namespace hipchat::host::testing
