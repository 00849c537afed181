#include "host/core/plan.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "protocol/event.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

using protocol::event_kind;

hook hook_on(event_kind event) {
    hook value;
    value.id = 90001;
    value.event = event;
    return value;
}

json::object payload(std::string_view kind, event_kind event) {
    const std::vector<person> mentioned{{8, "Bo Tanaka", "BoT"}};
    return payload_of(sample::made(kind), sample::lobby(), sample::greeter(), hook_on(event),
                      "http://localhost:8080", mentioned);
}

// The members of an object, and of the objects in it, without their values.
std::string shape(const json::value& value) {
    if (!value.is_object()) return {};
    std::map<std::string, std::string> members;
    for (const auto& [name, member] : value.get_object())
        members.emplace(name, shape(member));
    std::string text = "{";
    for (const auto& [name, inner] : members)
        text += name + inner + " ";
    return text + "}";
}

std::string shape_of_sample(const std::string& name) {
    std::ifstream file(std::string(HIPCHAT_FIXTURES) + "/protocol/webhook." + name + ".json");
    return shape(json::parse(std::string(std::istreambuf_iterator<char>(file), {})));
}

TEST(plan, gives_each_event_the_shape_of_its_published_sample) {
    EXPECT_EQ(shape(payload("enter", event_kind::room_enter)), shape_of_sample("room_enter"));
    EXPECT_EQ(shape(payload("exit", event_kind::room_exit)), shape_of_sample("room_exit"));
    EXPECT_EQ(shape(payload("message", event_kind::room_message)), shape_of_sample("room_message"));
    EXPECT_EQ(shape(payload("notification", event_kind::room_notification)),
              shape_of_sample("room_notification"));
    EXPECT_EQ(shape(payload("topic", event_kind::room_topic_change)),
              shape_of_sample("room_topic_change"));
    EXPECT_EQ(shape(payload("room_created", event_kind::room_created)),
              shape_of_sample("room_created"));
    EXPECT_EQ(shape(payload("room_deleted", event_kind::room_deleted)),
              shape_of_sample("room_deleted"));
}

TEST(plan, tells_of_a_shared_file_as_a_message_and_as_a_file) {
    change shared = sample::made("message");
    EXPECT_FALSE(tells_of(shared, event_kind::room_file_upload));
    shared.content["file"] = {{"name", "a.log"}, {"size", 3}, {"url", "u"}, {"thumb_url", "t"}};
    EXPECT_TRUE(tells_of(shared, event_kind::room_file_upload));
    EXPECT_TRUE(tells_of(shared, event_kind::room_message));
    EXPECT_EQ(shape(payload_of(shared, sample::lobby(), sample::greeter(),
                               hook_on(event_kind::room_file_upload), "http://localhost:8080", {})),
              shape_of_sample("room_file_upload"));
}

TEST(plan, names_an_add_on_that_changed_a_topic) {
    change made = sample::made("topic");
    made.actor = "another client";
    made.content["person"] = nullptr;
    made.content["client"] = {
        {"id", "another client"}, {"name", "Bell"}, {"room", nullptr}, {"allowed_scopes", {"x"}}};
    EXPECT_EQ(
        shape(payload_of(made, sample::lobby(), sample::greeter(),
                         hook_on(event_kind::room_topic_change), "http://localhost:8080", {})),
        shape_of_sample("room_topic_change.by_addon"));
    EXPECT_EQ(user_of(made), "");
}

TEST(plan, makes_payloads_that_the_library_reads) {
    const protocol::event enter(payload("enter", event_kind::room_enter));
    EXPECT_EQ(enter.room_id(), 1);
    ASSERT_NE(enter.person(), nullptr);
    EXPECT_EQ(enter.person()->at("name").as_string(), "Ada Lindqvist");
    const protocol::event message(payload("message", event_kind::room_message));
    EXPECT_EQ(message.message_text(), "/deploy staging please @BoT");
    EXPECT_EQ(message.oauth_client_id(), sample::greeter().oauth_id);
}

TEST(plan, names_those_whom_a_message_mentions) {
    const json::object body = payload("message", event_kind::room_message);
    const json::array& mentions = body.at("item").at("message").at("mentions").as_array();
    ASSERT_EQ(mentions.size(), 1U);
    EXPECT_EQ(mentions[0].at("mention_name").as_string(), "BoT");
}

TEST(plan, shows_other_add_ons_only_the_clean_part_of_html) {
    const json::object body = payload("notification", event_kind::room_notification);
    EXPECT_EQ(body.at("item").at("message").at("message").as_string(), "<b>staging</b> is live");
}

TEST(plan, wants_only_the_event_of_the_hook) {
    const client greeter = sample::greeter();
    EXPECT_TRUE(concerns(sample::made("enter"), greeter, hook_on(event_kind::room_enter)));
    EXPECT_FALSE(concerns(sample::made("exit"), greeter, hook_on(event_kind::room_enter)));
    EXPECT_FALSE(concerns(sample::made("installed"), greeter, hook_on(event_kind::room_enter)));
}

TEST(plan, keeps_a_room_install_to_its_room_and_lets_a_global_one_hear_all) {
    client greeter = sample::greeter();
    greeter.room_id = 2;
    EXPECT_FALSE(concerns(sample::made("enter"), greeter, hook_on(event_kind::room_enter)));
    greeter.room_id.reset();
    EXPECT_TRUE(concerns(sample::made("enter"), greeter, hook_on(event_kind::room_enter)));
}

TEST(plan, does_not_tell_an_add_on_what_it_said_itself) {
    const client greeter = sample::greeter();
    change own = sample::made("notification");
    EXPECT_TRUE(concerns(own, greeter, hook_on(event_kind::room_notification)));
    own.actor = greeter.oauth_id;
    EXPECT_FALSE(concerns(own, greeter, hook_on(event_kind::room_notification)));
}

TEST(plan, does_not_tell_of_what_was_before_the_install_or_during_it) {
    client greeter = sample::greeter();
    greeter.since = 10;
    EXPECT_FALSE(concerns(sample::made("enter", 10), greeter, hook_on(event_kind::room_enter)));
    EXPECT_TRUE(concerns(sample::made("enter", 11), greeter, hook_on(event_kind::room_enter)));
    greeter.state = client::status::offered;
    EXPECT_FALSE(concerns(sample::made("enter", 11), greeter, hook_on(event_kind::room_enter)));
}

TEST(plan, knows_who_acted) {
    EXPECT_EQ(user_of(sample::made("enter")), "7");
    EXPECT_EQ(user_of(sample::made("notification")), "");
}

}  // namespace
}  // namespace hipchat::host
