#include "hipchat/rest/webhooks.hpp"

#include "hipchat/events.hpp"
#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class webhooks_calls : public rest_calls {
protected:
    webhooks of() const { return webhooks(client()); }
};

// proves: host 4 GET /room/{r}/webhook
TEST_F(webhooks_calls, list_those_of_a_room) {
    host_says("room/4021/webhook",
              R"({"items":[{"id":90003,"name":"Watch","key":"watch","event":"room_message",)"
              R"("pattern":"^!","url":"https://a.example/w","links":{"self":"https://h/w"}},)"
              R"({"id":90004,"name":"","event":"room_enter","pattern":null,)"
              R"("url":"https://a.example/e"}],"startIndex":0,"maxResults":100,"links":{}})");
    auto found = of().list(4021);
    const auto items = result_of([&] { return found.all(); });
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].id, 90003);
    EXPECT_EQ(items[0].name, "Watch");
    EXPECT_EQ(items[0].key, "watch");
    EXPECT_EQ(items[0].event, "room_message");
    EXPECT_EQ(items[0].pattern, "^!");
    EXPECT_EQ(items[0].url, "https://a.example/w");
    EXPECT_EQ(items[0].self, "https://h/w");
    EXPECT_EQ(items[1].key, "");
    EXPECT_EQ(items[1].pattern, "");
    called("GET", "room/4021/webhook", "admin_room");
    EXPECT_EQ(request_at("room/4021/webhook").query, "start-index=0&max-results=100");
}

// proves: host 4 POST /room/{r}/webhook
TEST_F(webhooks_calls, create_one_as_in_the_sample) {
    with_rules({.declared = {scope::admin_room}, .base_url = "https://a.example"});
    host_has("room/4021/webhook", "webhook.create.response.json", 201);
    const new_webhook wanted =
        new_webhook(room_message::event_name, "/watch?token=x").pattern("^!").name("Watch");
    const created made = result_of([&] { return of().create(4021, wanted); });
    EXPECT_EQ(made.id, 90003);
    EXPECT_EQ(made.self, "https://hipchat.example.test/v2/room/4021/webhook/90003");
    EXPECT_EQ(called("POST", "room/4021/webhook", "admin_room"),
              json::parse(R"({"event":"room_message","url":"https://a.example/watch?token=x",)"
                          R"("pattern":"^!","name":"Watch"})"));
}

TEST_F(webhooks_calls, refuse_what_no_host_takes) {
    const auto refused = [&](const new_webhook& wanted) {
        return error_of<config_error>([&] { return of().create(4021, wanted); });
    };
    EXPECT_TRUE(contains(refused({"room_danced", "https://a.example/w"}), "webhook.event"));
    EXPECT_TRUE(contains(refused({"room_enter", ""}), "webhook.url"));
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

// proves: host 4 GET /room/{r}/webhook/{id}
TEST_F(webhooks_calls, get_one_with_its_room_and_creator) {
    host_says("room/4021/webhook/90003",
              R"({"id":90003,"name":"Watch","event":"room_message","pattern":"^!",)"
              R"("url":"https://a.example/w","created":"2017-03-14T09:26:53+00:00",)"
              R"("room":{"id":4021,"name":"Build Lab"},)"
              R"("creator":{"id":117,"name":"Ada Lindqvist","mention_name":"AdaL"}})");
    const webhook_details found = result_of([&] { return of().get(4021, 90003); });
    EXPECT_EQ(found.id, 90003);
    EXPECT_EQ(found.event, "room_message");
    EXPECT_EQ(found.created, "2017-03-14T09:26:53+00:00");
    ASSERT_TRUE(found.room);
    EXPECT_EQ(found.room->name, "Build Lab");
    ASSERT_TRUE(found.creator);
    EXPECT_EQ(found.creator->mention_name, "AdaL");
    called("GET", "room/4021/webhook/90003", "admin_room");
}

// proves: host 4 DELETE /room/{r}/webhook/{id}
TEST_F(webhooks_calls, remove_one) {
    host_says("room/4021/webhook/90003", 204);
    result_of([&] { return of().remove(4021, 90003); });
    called("DELETE", "room/4021/webhook/90003", "admin_room");
}

}  // namespace
}  // namespace hipchat::testing
