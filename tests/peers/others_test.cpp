// docs/snippets/coming_from/{file,data,several}.cpp.

#include <fstream>

#include "support/temporary_folder.hpp"
#include "with_program.hpp"

namespace hipchat::testing {
namespace {

using peer_file = with_program;
using peer_data = with_program;
using peer_several = with_program;

// row: descriptor from a file; row: answer of a webhook
TEST_F(peer_file, reads_its_descriptor_from_json_and_completes_it) {
    const temporary_folder folder;
    const std::string path = folder.file("atlassian-connect.json");
    std::ofstream(path) << R"({"key":"peers.file","name":"File","version":"1.0.0",
        "capabilities":{"hipchatApiConsumer":{"scopes":["send_notification"]},
        "webPanel":[{"key":"panel","name":{"value":"Panel"},"url":"/panel",
                     "location":"hipchat.sidebar.right"}]}})";
    start("file", {path});
    const json::value served = descriptor();
    EXPECT_EQ(served.at_pointer("/version"), json::value("1.0.0"));
    const std::string base = "http://localhost:" + std::to_string(port_);
    EXPECT_EQ(served.at_pointer("/capabilities/webPanel/0/url"), json::value(base + "/panel"));
    EXPECT_EQ(served.at_pointer("/links/self"), json::value(base + "/addon/descriptor"));
    ASSERT_EQ(install().status, 201);
    const plain_answer said = deliver("/event/room_enter", enter());
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(json::parse(said.body).at_pointer("/message"), json::value("hi"));
}

// row: data of a tenant
TEST_F(peer_data, is_kept_for_each_installation_alone) {
    start("data");
    ASSERT_EQ(install().status, 201);
    ASSERT_EQ(install("", second).status, 201);
    const auto counted = [&](const std::string& id) {
        const plain_answer said = deliver("/event/room_message", message("hello", id), id);
        return json::parse(said.body).at_pointer("/message");
    };
    EXPECT_EQ(counted(first), json::value("1"));
    EXPECT_EQ(counted(first), json::value("2"));
    EXPECT_EQ(counted(second), json::value("1"));
}

// row: several add-ons
TEST_F(peer_several, serve_side_by_side) {
    start("several");
    EXPECT_EQ(descriptor("/ping").at_pointer("/key"), json::value("ping"));
    EXPECT_EQ(descriptor("/other").at_pointer("/key"), json::value("pong"));
    ASSERT_EQ(install("/other").status, 201);
    const plain_answer said = deliver("/other/event/room_message", message("hello"));
    EXPECT_EQ(json::parse(said.body).at_pointer("/message"), json::value("pong"));
    EXPECT_EQ(deliver("/ping/event/room_message", message("hello")).status, 401);
}

}  // namespace
}  // namespace hipchat::testing
