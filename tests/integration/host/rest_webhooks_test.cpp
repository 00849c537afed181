// Webhooks, modules and glances that add-ons add over the REST API, and every event.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

using strings = std::vector<std::string>;

class rest_webhooks : public rest_caller {
protected:
    std::string body(const std::string& event, const std::string& more = "") const {
        return R"({"event":")" + event + R"(","url":")" + addon_.base() + "/hook/" + event + '"'
               + more + "}";
    }
    std::string add(const std::string& event, const std::string& more = "") const {
        const plain_answer added =
            ask(addon_token(), "POST", "/v2/room/1/webhook", body(event, more));
        EXPECT_EQ(added.status, 201) << added.body;
        return std::to_string(body_of(added).at("id").to_number<int>());
    }
};

// proves: host 4 serves POST /room/{r}/webhook
TEST_F(rest_webhooks, that_were_added_are_delivered_like_declared_ones) {
    const std::string id = add("room_message", R"(,"pattern":"^/deploy","name":"deploys")");
    host_.act("room_message", "Ada", "nothing");
    host_.act("room_message", "Ada", "/deploy staging");
    const json::object got = addon_.wait_for("/hook/room_message").at(0).json();
    EXPECT_EQ(got.at("item").at("message").at("message"), "/deploy staging");
    EXPECT_EQ(std::to_string(got.at("webhook_id").to_number<int>()), id);
}

// proves: host 4 serves GET /room/{r}/webhook; host 4 serves GET /room/{r}/webhook/{id}
TEST_F(rest_webhooks, are_listed_and_shown_to_the_add_on_that_added_them) {
    const std::string id = add("room_message", R"(,"pattern":"^x","name":"mine")");
    const json::object list = read(addon_token(), "/v2/room/1/webhook");
    EXPECT_EQ(column(list), strings{"mine"});
    EXPECT_EQ(list.at("items").at(0).at("pattern"), "^x");
    const json::object one = read(addon_token(), "/v2/room/1/webhook/" + id);
    EXPECT_EQ(one.at("event"), "room_message");
    EXPECT_EQ(one.at("room").at("name"), "Lobby");
    EXPECT_TRUE(one.at("created").is_string());
    EXPECT_EQ(get(addon_token(), "/v2/room/1/webhook/99").status, 404);
    EXPECT_EQ(get(token_of("Ada"), "/v2/room/1/webhook").status, 403);
}

// proves: host 4 serves DELETE /room/{r}/webhook/{id}
TEST_F(rest_webhooks, are_delivered_no_more_once_they_are_removed) {
    const std::string id = add("room_message");
    add("room_enter");
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/room/1/webhook/" + id).status, 204);
    EXPECT_EQ(ask(addon_token(), "DELETE", "/v2/room/1/webhook/" + id).status, 404);
    host_.act("room_message", "Ada", "hello");
    host_.act("room_enter", "Bo");
    addon_.wait_for("/hook/room_enter");
    EXPECT_TRUE(addon_.requests("/hook/room_message").empty());
}

// proves: host 4 serves /extension/webhook/{key}
TEST_F(rest_webhooks, with_a_key_take_each_others_place) {
    const std::string path = "/v2/room/1/extension/webhook/deploys";
    const auto put = [&](const std::string& pattern) {
        return ask(addon_token(), "PUT", path,
                   body("room_message", R"(,"authentication":"jwt","pattern":")" + pattern + '"'));
    };
    EXPECT_EQ(put("^a").status, 201);
    EXPECT_EQ(put("^b").status, 201);
    const json::object shown = read(addon_token(), path);
    EXPECT_EQ(shown.at("pattern"), "^b");
    EXPECT_EQ(shown.at("key"), "deploys");
    EXPECT_EQ(column(read(addon_token(), "/v2/room/1/webhook"), "pattern"), strings{"^b"});
    host_.act("room_message", "Ada", "a");
    host_.act("room_message", "Ada", "b");
    const delivered got = addon_.wait_for("/hook/room_message").at(0);
    EXPECT_EQ(got.json().at("item").at("message").at("message"), "b");
    EXPECT_TRUE(got.header("Authorization").starts_with("JWT "));
    EXPECT_EQ(ask(addon_token(), "DELETE", path).status, 204);
    EXPECT_EQ(get(addon_token(), path).status, 404);
    EXPECT_EQ(ask(addon_token(), "PUT", "/v2/extension/webhook/x", body("room_enter")).status, 403)
        << "an add-on of one room";
}

TEST_F(rest_webhooks, are_refused_with_the_field_that_is_wrong) {
    const auto flaw = [&](const std::string& text) {
        return field_of(ask(addon_token(), "POST", "/v2/room/1/webhook", text));
    };
    EXPECT_EQ(flaw(R"({"event":"room_enter"})"), "url");
    EXPECT_EQ(flaw(R"({"event":"room_enter","url":"ftp://x"})"), "url");
    EXPECT_EQ(flaw(R"({"event":"room_enter","url":")" + host_.base() + R"(/api/rooms"})"), "url");
    EXPECT_EQ(flaw(R"({"event":"room_dance","url":"http://127.0.0.1/"})"), "event");
    EXPECT_EQ(flaw(R"({"event":"room_message","url":"http://127.0.0.1/","pattern":"("})"),
              "pattern");
}

// proves: host 4 events
TEST_F(rest_webhooks, tell_of_topics_archives_and_the_end_of_the_room) {
    for (const char* const event :
         {"room_topic_change", "room_archived", "room_unarchived", "room_deleted", "room_exit"})
        add(event);
    const std::string ada = token_of("Ada");
    const auto change = [&](const std::string& topic, bool archived) {
        return R"({"name":"Lobby","privacy":"public","is_guest_accessible":false,)"
               R"("owner":{"id":1},"topic":")"
               + topic + R"(","is_archived":)" + (archived ? "true" : "false") + "}";
    };
    // Whoever the add-on is, it is not told what it did itself.
    ASSERT_EQ(ask(addon_token(), "PUT", "/v2/room/1", change("by the add-on", false)).status, 204);
    ASSERT_EQ(ask(ada, "PUT", "/v2/room/1", change("by Ada", false)).status, 204);
    const json::object topic = addon_.wait_for("/hook/room_topic_change").at(0).json();
    EXPECT_EQ(topic.at("item").at("topic"), "by Ada");
    EXPECT_EQ(topic.at("item").at("sender").at("name"), "Ada");
    ASSERT_EQ(ask(ada, "PUT", "/v2/room/1", change("by Ada", true)).status, 204);
    const json::object archived = addon_.wait_for("/hook/room_archived").at(0).json();
    EXPECT_TRUE(archived.at("item").at("room").at("is_archived").as_bool());
    ASSERT_EQ(ask(ada, "PUT", "/v2/room/1", change("by Ada", false)).status, 204);
    addon_.wait_for("/hook/room_unarchived");
    host_.act("room_exit", "Ada");
    addon_.wait_for("/hook/room_exit");
    ASSERT_EQ(ask(ada, "DELETE", "/v2/room/1").status, 204);
    const json::object deleted = addon_.wait_for("/hook/room_deleted").at(0).json();
    EXPECT_EQ(deleted.at("item").at("room").at("name"), "Lobby");
    EXPECT_EQ(deleted.at("item").at("sender").at("name"), "Ada");
}

TEST_F(rest_webhooks, survive_a_restart_of_the_host) {
    const temporary_folder folder;
    const std::string path = folder.file("data");
    sample_addon addon;
    addon.describe([](json::object& descriptor) {
        descriptor.at("capabilities").as_object().at("hipchatApiConsumer").as_object()["scopes"] =
            json::array{"admin_room"};
    });
    const auto token_in = [&](const running_host& in) {
        const json::object offer = addon.wait_for("/installable").at(0).json();
        const plain_answer granted =
            in.send("POST", "/v2/oauth/token", R"({"grant_type":"client_credentials"})",
                    {{"Authorization", basic_of(offer)}});
        return std::string(body_of(granted).at("access_token").as_string());
    };
    {
        const running_host first(path);
        ASSERT_EQ(first.install(addon.url(), R"(["admin_room"])").status, 201);
        ASSERT_EQ(first
                      .send("POST", "/v2/room/1/webhook",
                            R"({"event":"room_enter","url":")" + addon.base() + R"(/hook"})",
                            {{"Authorization", "Bearer " + token_in(first)}})
                      .status,
                  201);
    }
    const running_host second(path);
    second.act("room_enter", "Ada");
    EXPECT_EQ(addon.wait_for("/hook").at(0).json().at("event"), "room_enter");
}

class rest_modules : public rest_caller {};

// proves: host 4 serves /room/{r}/extension/{kind}/{key}
TEST_F(rest_modules, are_added_shown_and_removed_by_their_add_on) {
    const std::string path = "/v2/room/1/extension/webPanel/board";
    const std::string panel = R"({"key":"board","name":{"value":"Board"},"url":")" + addon_.base()
                              + R"(/board","location":"hipchat.sidebar.right"})";
    EXPECT_EQ(ask(addon_token(), "PUT", path, panel).status, 201);
    EXPECT_EQ(read(addon_token(), path).at("url"), json::string(addon_.base() + "/board"));
    EXPECT_EQ(ask(addon_token(), "DELETE", path).status, 204);
    EXPECT_EQ(get(addon_token(), path).status, 404);
    EXPECT_EQ(get(addon_token(), "/v2/room/1/extension/poster/board").status, 404);
}

TEST_F(rest_modules, keep_to_the_rules_of_descriptors) {
    const auto put = [&](const std::string& kind, const std::string& text) {
        return ask(addon_token(), "PUT", "/v2/room/1/extension/" + kind + "/it", text);
    };
    EXPECT_EQ(field_of(put("webPanel", R"({"name":{"value":"No URL"}})")), "webPanel");
    EXPECT_EQ(field_of(put("glance", "{}")), "glance");
    EXPECT_EQ(field_of(put("action", R"({"name":{"value":"x"},"target":{"key":"nowhere"},)"
                                     R"("location":"hipchat.message.action"})")),
              "action");
}

class rest_glances : public rest_caller {
protected:
    void SetUp() override {
        const plain_answer added =
            ask(addon_token(), "PUT", "/v2/room/1/extension/glance/builds",
                R"({"key":"builds","name":{"value":"Builds"},"queryUrl":")" + addon_.base()
                    + R"(/glance","icon":{"url":")" + addon_.base() + R"(/i.png","url@2x":")"
                    + addon_.base() + R"(/i2.png"}})");
        ASSERT_EQ(added.status, 201) << added.body;
    }
    plain_answer push(const std::string& path, const std::string& glances) const {
        return ask(addon_token(), "POST", "/v2/addon/ui" + path, R"({"glance":)" + glances + "}");
    }
};

constexpr const char* four_running =
    R"([{"key":"builds","content":{"label":{"type":"html","value":"<b>4</b> running"},)"
    R"("status":{"type":"lozenge","value":{"label":"GREEN","type":"success"}},)"
    R"("metadata":{"failing":0}}}])";

// proves: host 4 serves POST /addon/ui
TEST_F(rest_glances, are_pushed_to_everybody_a_room_a_person_or_a_person_in_a_room) {
    token_of("Ada");
    for (const char* const path : {"", "/room/1", "/user/@Ada", "/room/Lobby/user/@Ada"})
        EXPECT_EQ(push(path, four_running).status, 204) << path;
    EXPECT_EQ(push("/user/@nobody", four_running).status, 404);
    EXPECT_EQ(push("/room/99", four_running).status, 404);
}

TEST_F(rest_glances, are_refused_with_the_field_that_is_wrong) {
    EXPECT_EQ(field_of(push("", "[]")), "glance");
    EXPECT_EQ(field_of(push("", R"([{"key":"other","content":{}}])")), "key");
    EXPECT_EQ(field_of(push("", R"([{"key":"builds"}])")), "content");
    EXPECT_EQ(field_of(push("", R"([{"key":"builds","content":{}}])")), "label");
    EXPECT_EQ(
        field_of(push("", R"([{"key":"builds","content":{"label":{"type":"html","value":"x"},)"
                          R"("status":{"type":"lozenge","value":{"label":"x","type":"odd"}}}}])")),
        "type");
}

}  // namespace
}  // namespace hipchat::host::testing
