#include "hipchat/rest/messages.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class messages_calls : public rest_calls {
protected:
    room_messages in_rooms() const { return room_messages(client()); }
    private_messages between_people() const { return private_messages(client()); }

    // The parts of a multipart/related body as the host's document has it.
    void expect_file(const std::string& path) const {
        const seen_request seen = request_at(path);
        EXPECT_EQ(seen.method, "POST");
        const std::string type = "multipart/related; boundary=";
        ASSERT_TRUE(seen.content_type.starts_with(type)) << seen.content_type;
        const std::string boundary = seen.content_type.substr(type.size());
        EXPECT_EQ(boundary.size(), 40U);
        EXPECT_EQ(seen.body,
                  "--" + boundary
                      + "\r\n"
                        "Content-Type: application/json; charset=UTF-8\r\n"
                        "Content-Disposition: attachment; name=\"metadata\"\r\n"
                        "\r\n"
                        "{\"message\":\"the log\"}\r\n"
                        "--"
                      + boundary
                      + "\r\n"
                        "Content-Type: image/png\r\n"
                        "Content-Disposition: attachment; name=\"file\"; "
                        "filename=\"a \\\"b\\\".png\"\r\n"
                        "\r\n"
                      + picture_ + "\r\n--" + boundary + "--\r\n");
    }
    shared_file file() const {
        return shared_file("a \"b\".png", picture_).content_type("image/png").message("the log");
    }

    const std::string picture_ = std::string("\x89PNG\r\n\x1A\n\0\xFF--", 12);
};

// proves: host 4 POST /room/{r}/notification
TEST_F(messages_calls, notify_a_room_by_name) {
    host_says("room/Build%20Lab/notification", 204);
    result_of([&] { return in_rooms().notify("Build Lab", notification("hi").attach_to("m1")); });
    EXPECT_EQ(called("POST", "room/Build%20Lab/notification", "send_notification"),
              json::parse(R"({"message":"hi","message_format":"text","color":"yellow",)"
                          R"("notify":false,"attach_to":"m1"})"));
}

// proves: host 4 POST /room/{r}/message
TEST_F(messages_calls, send_as_a_user) {
    host_has("room/4021/message", "message.create.response.json");
    const rest::client as_ada = client().as_user(secret("adas-token"));
    const sent_message sent = result_of([&] { return room_messages(as_ada).send(4021, "hello"); });
    EXPECT_EQ(sent.id, "1f0a6c52-83f4-4c0e-9a7b-0d5b6f1e2a90");
    EXPECT_EQ(sent.timestamp, "2017-03-14T09:26:53.589793+00:00");
    const seen_request seen = request_at("room/4021/message");
    EXPECT_EQ(seen.authorization, "Bearer adas-token");
    EXPECT_EQ(json::parse(seen.body), json::parse(R"({"message":"hello"})"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
    for (const std::string& text : {std::string(), std::string(1001, 'x')})
        EXPECT_TRUE(contains(error_of<config_error>([&] { return in_rooms().send(4021, text); }),
                             "message "));
}

// proves: host 4 POST /room/{r}/reply
TEST_F(messages_calls, reply) {
    host_says("room/4021/reply", 204);
    result_of([&] { return in_rooms().reply(4021, "m1", "yes"); });
    EXPECT_EQ(called("POST", "room/4021/reply", "send_message"),
              json::parse(R"({"parentMessageId":"m1","message":"yes"})"));
}

// proves: host 4 POST /room/{r}/share/link
TEST_F(messages_calls, share_a_link_in_a_room) {
    host_says("room/4021/share/link", 204);
    result_of([&] { return in_rooms().share_link(4021, "https://example.com", "look"); });
    EXPECT_EQ(called("POST", "room/4021/share/link", "send_message"),
              json::parse(R"({"link":"https://example.com","message":"look"})"));
}

// proves: host 4 POST /room/{r}/share/file
TEST_F(messages_calls, share_a_file_in_a_room_byte_for_byte) {
    host_says("room/4021/share/file", 204);
    result_of([&] { return in_rooms().share_file(4021, file()); });
    expect_file("room/4021/share/file");
    EXPECT_EQ(token_scope(), "send_message");
}

TEST_F(messages_calls, refuse_files_that_the_host_would) {
    const std::vector<std::pair<shared_file, std::string>> wrong = {
        {shared_file("", "x"), "filename is empty"},
        {shared_file("a\r\nX: y", "x"), "filename holds a control character"},
        {shared_file("a", "x").content_type("text/plain\r\nX: y"), "content type"},
        {shared_file("a", "x").message(std::string(1001, 'x')), "message has 1001"},
        {shared_file("a", std::string(50U * 1024 * 1024 + 1, 'x')), "file has 52428801 bytes"},
    };
    for (const auto& [what, field] : wrong)
        EXPECT_TRUE(contains(
            error_of<config_error>([&] { return in_rooms().share_file(4021, what); }), field));
}

// proves: host 4 GET /room/{r}/history
TEST_F(messages_calls, read_the_sample_history) {
    host_has("room/4021/history", "room.history.json");
    auto found = in_rooms().history(4021, history_query()
                                              .date("2017-03-15T00:00:00+00:00")
                                              .end_date("2017-03-14")
                                              .timezone("Europe/Stockholm")
                                              .newest_first()
                                              .include_deleted());
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].id, "1f0a6c52-83f4-4c0e-9a7b-0d5b6f1e2a90");
    EXPECT_EQ(items[0].message, "/deploy staging please @BoT");
    EXPECT_EQ(items[0].type, "message");
    ASSERT_TRUE(items[0].from);
    EXPECT_EQ(items[0].from->id, 117);
    EXPECT_EQ(items[0].from_name, "Ada Lindqvist");
    ASSERT_EQ(items[0].mentions.size(), 1U);
    EXPECT_EQ(items[0].mentions[0].mention_name, "BoT");
    EXPECT_FALSE(items[1].from);
    EXPECT_EQ(items[1].from_name, "Deploy Bell");
    EXPECT_EQ(items[1].color, "green");
    EXPECT_EQ(items[1].message_format, "html");
    ASSERT_TRUE(items[1].sender);
    EXPECT_EQ(items[1].sender->addon_key, "test.example.deploybell");
    EXPECT_EQ(items[1].sender->client_id, id_);
    called("GET", "room/4021/history", "view_messages");
    EXPECT_EQ(request_at("room/4021/history").query,
              "date=2017-03-15T00%3A00%3A00%2B00%3A00&end-date=2017-03-14"
              "&timezone=Europe%2FStockholm&reverse=false&include_deleted=true"
              "&start-index=0&max-results=100");
}

// proves: host 4 GET /room/{r}/history/latest
TEST_F(messages_calls, read_the_latest_with_what_was_deleted) {
    host_says("room/4021/history/latest",
              R"({"items":[{"id":"m1","message":null,"from":null},)"
              R"({"id":"m2","message":"x","file":{"name":"a.txt","size":3,)"
              R"("url":"https://f.example/a.txt","thumb_url":"https://f.example/t.png"}}]})");
    const auto items = result_of([&] {
        return in_rooms().latest(4021, latest_query(10).not_before("m0").include_deleted());
    });
    ASSERT_EQ(items.size(), 2U);
    EXPECT_FALSE(items[0].message);
    EXPECT_EQ(items[0].from_name, "");
    ASSERT_TRUE(items[1].file);
    EXPECT_EQ(items[1].file->size, 3);
    EXPECT_EQ(items[1].file->thumb_url, "https://f.example/t.png");
    called("GET", "room/4021/history/latest", "view_messages");
    EXPECT_EQ(request_at("room/4021/history/latest").query,
              "max-results=10&not-before=m0&include_deleted=true");
    EXPECT_TRUE(contains(
        error_of<config_error>([&] { return in_rooms().latest(4021, latest_query(1001)); }),
        "max-results is 1001"));
}

// proves: host 4 GET /room/{r}/history/{id}
TEST_F(messages_calls, read_one_message_wrapped_or_not) {
    host_says("room/4021/history/m1", R"({"message":{"id":"m1","message":"x"}})");
    EXPECT_EQ(result_of([&] { return in_rooms().get(4021, "m1"); }).message, "x");
    called("GET", "room/4021/history/m1", "view_messages");
    host_says("room/4021/history/m2", R"({"id":"m2","message":"y"})");
    EXPECT_EQ(result_of([&] { return in_rooms().get(4021, "m2"); }).message, "y");
}

// proves: host 4 POST /user/{u}/message
TEST_F(messages_calls, send_to_a_user) {
    host_says("user/%40AdaL/message", 204);
    result_of(
        [&] { return between_people().send("@AdaL", "<b>x</b>", message_format::html, true); });
    EXPECT_EQ(called("POST", "user/%40AdaL/message", "send_message"),
              json::parse(R"({"message":"<b>x</b>","message_format":"html","notify":true})"));
}

// proves: host 4 GET /user/{u}/history
TEST_F(messages_calls, read_the_history_with_a_user) {
    host_has("user/117/history", "room.history.json");
    auto found = between_people().history(117);
    EXPECT_EQ(result_of([&] { return found.all(); }).size(), 2U);
    called("GET", "user/117/history", "view_messages");
}

// proves: host 4 GET /user/{u}/history/latest
TEST_F(messages_calls, read_the_latest_with_a_user) {
    host_has("user/117/history/latest", "room.history.json");
    EXPECT_EQ(result_of([&] { return between_people().latest(117); }).size(), 2U);
    called("GET", "user/117/history/latest", "view_messages");
    EXPECT_EQ(request_at("user/117/history/latest").query, "max-results=75");
}

// proves: host 4 GET /user/{u}/history/{id}
TEST_F(messages_calls, read_one_message_with_a_user) {
    host_says("user/117/history/m1", R"({"message":{"id":"m1","message":"x"}})");
    EXPECT_EQ(result_of([&] { return between_people().get(117, "m1"); }).id, "m1");
    called("GET", "user/117/history/m1", "view_messages");
}

// proves: host 4 POST /user/{u}/share/link
TEST_F(messages_calls, share_a_link_with_a_user) {
    host_says("user/117/share/link", 204);
    result_of([&] { return between_people().share_link(117, "https://example.com"); });
    EXPECT_EQ(called("POST", "user/117/share/link", "send_message"),
              json::parse(R"({"link":"https://example.com"})"));
}

// proves: host 4 POST /user/{u}/share/file
TEST_F(messages_calls, share_a_file_with_a_user_byte_for_byte) {
    host_says("user/117/share/file", 204);
    result_of([&] { return between_people().share_file(117, file()); });
    expect_file("user/117/share/file");
}

}  // namespace
}  // namespace hipchat::testing
