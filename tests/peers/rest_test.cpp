// docs/snippets/coming_from/rest.cpp: calls of the host.

#include <fstream>
#include <iterator>

#include "with_program.hpp"

namespace hipchat::testing {
namespace {

class peer_rest : public with_program {
protected:
    peer_rest() {
        start("rest");
        EXPECT_EQ(install().status, 201);
    }

    static transport::http_response json_of(std::string body) {
        transport::http_response made;
        made.headers = {{"Content-Type", "application/json"}};
        made.body = std::move(body);
        return made;
    }
    static transport::http_response done() {
        transport::http_response made;
        made.status = 204;
        return made;
    }
    static std::string sample(const std::string& name) {
        std::ifstream file(std::string(HIPCHAT_FIXTURES) + "/protocol/" + name + ".json");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string said(const std::string& text, const std::string& path) {
        const plain_answer answer = deliver(path, message(text));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return std::string(json::parse(answer.body).at_pointer("/message").as_string());
    }
};

TEST_F(peer_rest, reads_rooms_and_who_is_in_them) {
    host_.answer("/v2/room/4021", json_of(sample("room.get")));
    host_.answer("/v2/room/4021/participant",
                 json_of(R"({"items":[{"id":117,"name":"Ada"},{"id":118,"name":"Grace"}],)"
                         R"("startIndex":0,"maxResults":100,"links":{}})"));
    const std::string text = said("/look", "/event/room_message");
    EXPECT_TRUE(contains(
        text, std::string(json::parse(sample("room.get")).at_pointer("/topic").as_string()),
        "Ada Grace"));
}

TEST_F(peer_rest, changes_rooms) {
    host_.answer("/v2/room/4021/topic", done());
    EXPECT_EQ(deliver("/event/room_message/2", message("/topic")).status, 204);
    ASSERT_TRUE(host_.wait_for("/v2/room/4021/topic", 1));
    const seen_request seen = host_.requests("/v2/room/4021/topic")[0];
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(json::parse(seen.body), json::parse(R"({"topic":"news"})"));
}

TEST_F(peer_rest, reads_histories) {
    host_.answer("/v2/room/4021/history/latest", json_of(sample("room.history")));
    EXPECT_EQ(
        said("/history", "/event/room_message/3"),
        std::to_string(json::parse(sample("room.history")).at_pointer("/items").as_array().size()));
}

TEST_F(peer_rest, pushes_glances_to_group_room_and_user) {
    const std::vector<std::string> paths = {"/v2/addon/ui", "/v2/addon/ui/room/4021",
                                            "/v2/addon/ui/user/117",
                                            "/v2/addon/ui/room/4021/user/117"};
    for (const std::string& path : paths)
        host_.answer(path, done());
    EXPECT_EQ(deliver("/event/room_message/4", message("/push")).status, 204);
    for (const std::string& path : paths) {
        ASSERT_TRUE(host_.wait_for(path, 1)) << path;
        EXPECT_EQ(json::parse(host_.requests(path)[0].body),
                  json::parse(R"({"glance":[{"key":"issues","content":{"label":{"type":"html",)"
                              R"("value":"5 open"}}}]})"));
    }
}

}  // namespace
}  // namespace hipchat::testing
