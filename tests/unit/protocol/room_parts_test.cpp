// The objects that events and histories share, and how little of them must be there.

#include "protocol/room_parts.hpp"

#include <gtest/gtest.h>

#include "fixture.hpp"

namespace hipchat::protocol {
namespace {

json::object object(const char* text) {
    return json::parse(text).as_object();
}

json::object item_of(const std::string& sample) {
    return test::fixture_json("webhook." + sample + ".json").at("item").as_object();
}

message message_of(const std::string& sample) {
    return read_message(item_of(sample).at("message").as_object());
}

// proves: addon 5.3 user
TEST(room_parts, read_a_user_with_every_member) {
    const person ada = read_person(item_of("room_enter").at("sender").as_object());
    EXPECT_EQ(ada.id(), 117);
    EXPECT_EQ(ada.name(), "Ada Lindqvist");
    EXPECT_EQ(ada.mention_name(), "AdaL");
    EXPECT_EQ(ada.version(), "7WQ2MZ0C");
    EXPECT_EQ(ada.self(), "https://hipchat.example.test/v2/user/117");
}

// proves: addon 5.3 room
TEST(room_parts, read_what_an_event_says_of_its_room) {
    const room_facts facts = read_room_facts(item_of("room_archived").at("room").as_object());
    EXPECT_EQ(facts.privacy, room_privacy::public_room);
    EXPECT_EQ(facts.is_archived, true);
    EXPECT_EQ(facts.version, "K3P9QX7U");
    EXPECT_EQ(facts.self, "https://hipchat.example.test/v2/room/4021");
    EXPECT_EQ(facts.webhooks, "https://hipchat.example.test/v2/room/4021/webhook");
    EXPECT_EQ(facts.participants, "https://hipchat.example.test/v2/room/4021/participant");
    EXPECT_EQ(facts.members, "https://hipchat.example.test/v2/room/4021/member");
    EXPECT_EQ(read_room_facts(object(R"({"privacy":"private"})")).privacy,
              room_privacy::private_room);
}

// proves: addon 5.3 client sender
TEST(room_parts, tell_an_add_on_from_a_person) {
    const json::object sender = item_of("room_topic_change.by_addon").at("sender").as_object();
    const auto addon = read_client(sender);
    ASSERT_TRUE(addon);
    EXPECT_EQ(addon->id, "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7");
    EXPECT_EQ(addon->name, "Deploy Bell");
    EXPECT_EQ(addon->allowed_scopes, (std::vector{scope::send_notification, scope::view_room}));
    EXPECT_EQ(addon->self,
              "https://hipchat.example.test/v2/oauth/client/5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7");
    EXPECT_FALSE(addon->room_id);
    EXPECT_EQ(read_client(object(R"({"id":"c","name":null,"room":{"id":"7"}})"))->room_id, 7);
    EXPECT_EQ(read_client(object(R"({"id":"c","name":null})"))->name, "");
    EXPECT_FALSE(read_client(item_of("room_enter").at("sender").as_object()));
    EXPECT_FALSE(read_client(object(R"({"id":"117","name":"Ada"})")));
}

// proves: addon 5.4 room_message
TEST(room_parts, read_a_message_with_its_mentions) {
    using namespace std::chrono_literals;
    const message said = message_of("room_message");
    EXPECT_EQ(said.id, "1f0a6c52-83f4-4c0e-9a7b-0d5b6f1e2a90");
    EXPECT_EQ(said.date,
              time_point(std::chrono::sys_days(2017y / 3 / 14)) + 9h + 26min + 53s + 589793us);
    EXPECT_EQ(said.type, message_type::message);
    EXPECT_EQ(said.text, "/deploy staging please @BoT");
    EXPECT_EQ(said.from->id(), 117);
    EXPECT_EQ(said.from_name, "Ada Lindqvist");
    ASSERT_EQ(said.mentions.size(), 1U);
    EXPECT_EQ(said.mentions[0].mention_name(), "BoT");
    EXPECT_EQ(said.mentions[0].version(), "LM40RR1S");
    EXPECT_FALSE(said.file || said.color || said.format || said.addon);
}

// proves: addon 5.4 room_message file
TEST(room_parts, read_the_file_of_a_message) {
    const message said = message_of("room_message.with_file");
    ASSERT_TRUE(said.file);
    EXPECT_EQ(said.file->name, "build-812.log");
    EXPECT_EQ(said.file->size, 20480);
    EXPECT_EQ(said.file->url, "https://hipchat.example.test/files/1/117/aZ3kP0q/build-812.log");
    EXPECT_EQ(said.file->thumb_url, "");
}

// proves: addon 5.4 room_notification
TEST(room_parts, read_a_notification_whose_sender_is_text) {
    const message posted = message_of("room_notification");
    EXPECT_EQ(posted.type, message_type::notification);
    EXPECT_EQ(posted.from_name, "Deploy Bell");
    EXPECT_FALSE(posted.from);
    EXPECT_EQ(posted.color, color::green);
    EXPECT_EQ(posted.format, message_format::html);
    EXPECT_EQ(posted.text, "<b>staging</b> is live");
    ASSERT_TRUE(posted.addon);
    EXPECT_EQ(posted.addon->addon_key, "test.example.deploybell");
    EXPECT_EQ(posted.addon->client_id, "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7");
    EXPECT_EQ(read_message(object(R"({"message":"x","from":null})")).from_name, "");
}

// proves: addon 5.4 message_links
TEST(room_parts, read_every_kind_of_link) {
    const message said = read_message(object(R"({"message": "see", "message_links": [
        {"type": "image", "url": "u1", "image": {"image": "i", "name": "n"}},
        {"type": "link", "url": "u2", "link": {"title": "t", "description": "d",
            "headerText": "h", "linkText": "l", "faviconUrl": "f", "fullUrl": "w"}},
        {"type": "video", "url": "u3", "video": {"title": "t", "author": "a",
            "thumbnailUrl": "p", "views": "12"}},
        {"type": "twitter_status", "url": "u4", "twitter_status": {"name": "n",
            "screenName": "s", "text": "t", "created": "c", "source": "o",
            "profileImageUrl": "p"}},
        {"type": "twitter_user", "url": "u5", "twitter_user": {"name": "n",
            "screenName": "s", "followers": 7, "profileImageUrl": "p"}},
        {"type": "hologram", "url": "u6", "hologram": {"depth": 3}}, "junk"]})"));
    ASSERT_EQ(said.links.size(), 6U);
    const auto image = std::get<image_preview>(said.links[0].preview);
    EXPECT_EQ(image.image + image.name, "in");
    const auto link = std::get<link_preview>(said.links[1].preview);
    EXPECT_EQ(link.title + link.description + link.header_text + link.link_text + link.favicon_url
                  + link.full_url,
              "tdhlfw");
    const auto video = std::get<video_preview>(said.links[2].preview);
    EXPECT_EQ(video.title + video.author + video.thumbnail_url, "tap");
    EXPECT_EQ(video.views, 12);
    const auto status = std::get<twitter_status_preview>(said.links[3].preview);
    EXPECT_EQ(status.name + status.screen_name + status.text + status.created + status.source
                  + status.profile_image_url,
              "nstcop");
    const auto user = std::get<twitter_user_preview>(said.links[4].preview);
    EXPECT_EQ(user.name + user.screen_name + user.profile_image_url, "nsp");
    EXPECT_EQ(user.followers, 7);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(said.links[5].preview));
    EXPECT_EQ(said.links[5].url, "u6");
}

// proves: addon 5.3 lenient
TEST(room_parts, leave_empty_what_is_missing_or_of_another_type) {
    const person old = read_person(object(R"({"id":"117","name":"Ada"})"));
    EXPECT_EQ(old.id(), 117);
    EXPECT_EQ(old.version() + old.self() + old.mention_name(), "");
    EXPECT_EQ(read_person(object(R"({"id":[],"name":7,"links":3})")).id(), 0);
    const room_facts facts = read_room_facts(object(R"({"privacy":1,"is_archived":"no"})"));
    EXPECT_FALSE(facts.privacy || facts.is_archived);
    EXPECT_EQ(facts.version + facts.self, "");
    const message said = read_message(
        object(R"({"message":"hi","from":"Ada","date":"soon","type":"shout","mentions":{},
                   "file":"f","message_links":7,"color":"beige","message_format":"rtf"})"));
    EXPECT_EQ(said.text, "hi");
    EXPECT_EQ(said.from_name, "Ada");
    EXPECT_EQ(said.type, message_type::unknown);
    EXPECT_FALSE(said.date || said.from || said.file || said.color || said.format);
    EXPECT_TRUE(said.mentions.empty() && said.links.empty());
    EXPECT_EQ(read_file(object(R"({"name":"a","size":"48213"})")).size, 48213);
}

}  // namespace
}  // namespace hipchat::protocol
