// docs/snippets/coming_from/messages.cpp: patterns, commands, answers, events.

#include <fstream>
#include <iterator>

#include "with_program.hpp"

namespace hipchat::testing {
namespace {

class peer_messages : public with_program {
protected:
    peer_messages() {
        start("messages");
        EXPECT_EQ(install().status, 201);
    }

    // What is posted to the room as the answer.
    json::value said(const std::string& path, const std::string& body) const {
        const plain_answer answer = deliver(path, body);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json::parse(answer.body);
    }
    // The published sample of that event, for the first installation.
    static std::string sample(const std::string& event) {
        std::ifstream file(std::string(HIPCHAT_FIXTURES) + "/protocol/webhook." + event + ".json");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        json::value body = json::parse(text);
        body.as_object()["oauth_client_id"] = first;
        body.as_object()["item"].as_object()["sender"].as_object()["id"] = 117;
        return json::serialize(body);
    }
};

TEST_F(peer_messages, hand_the_groups_of_a_pattern_to_their_handler) {
    const json::value answer = said("/event/room_message", message("/hello Ada and Grace"));
    EXPECT_EQ(answer.at_pointer("/message"), json::value("hello Ada"));
    EXPECT_EQ(answer.at_pointer("/color"), json::value("green"));
    EXPECT_EQ(answer.at_pointer("/notify"), json::value(true));
    EXPECT_EQ(descriptor().at_pointer("/capabilities/webhook/0/pattern"),
              json::value("^/hello (\\w+)"));
}

TEST_F(peer_messages, are_commands_that_the_descriptor_lists) {
    EXPECT_EQ(said("/event/room_message/2", message("/karma Ada")).at_pointer("/message"),
              json::value("points of Ada"));
    EXPECT_EQ(descriptor().at_pointer("/capabilities/command/0/name"), json::value("/karma"));
}

TEST_F(peer_messages, are_not_all_events) {
    const std::string topic = sample("room_topic_change");
    EXPECT_EQ(said("/event/room_topic_change", topic).at_pointer("/message"),
              json::parse(topic).at_pointer("/item/topic"));
    const std::string upload = sample("room_file_upload");
    EXPECT_EQ(said("/event/room_file_upload", upload).at_pointer("/message"),
              json::parse(upload).at_pointer("/item/file/name"));
}

}  // namespace
}  // namespace hipchat::testing
