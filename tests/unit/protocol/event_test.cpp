#include "protocol/event.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "fixture.hpp"
#include "hipchat/errors.hpp"
#include "protocol/strict_json.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::array<std::string_view, 10> names = {
    "room_archived",     "room_created",     "room_deleted", "room_enter",
    "room_exit",         "room_file_upload", "room_message", "room_notification",
    "room_topic_change", "room_unarchived"};

TEST(event, knows_the_ten_events) {
    for (const std::string_view name : names) {
        const std::optional<event_kind> kind = event_named(name);
        ASSERT_TRUE(kind) << name;
        EXPECT_EQ(to_string(*kind), name);
    }
    EXPECT_FALSE(event_named("room_explode"));
}

// proves: addon 5.1 envelope
TEST(event, reads_the_sample_of_every_event_and_keeps_all_of_it) {
    for (const std::string_view name : names) {
        const json::value payload = test::fixture_json("webhook." + std::string(name) + ".json");
        const event value(payload);
        EXPECT_EQ(to_string(value.kind()), name);
        EXPECT_EQ(value.room_id(), 4021);
        EXPECT_EQ(value.room_name(), "Build Lab");
        EXPECT_EQ(value.oauth_client_id(), "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7");
        EXPECT_EQ(json::value(value.payload()), payload);
    }
}

TEST(event, finds_who_acted_and_what_was_said) {
    const event entered(test::fixture_json("webhook.room_enter.json"));
    EXPECT_EQ(entered.person()->at("name"), "Ada Lindqvist");
    EXPECT_EQ(entered.message_text(), "");
    const event said(test::fixture_json("webhook.room_message.json"));
    EXPECT_EQ(said.person()->at("mention_name"), "AdaL");
    EXPECT_EQ(said.message_text(), "/deploy staging please @BoT");
    const event with_file(test::fixture_json("webhook.room_message.with_file.json"));
    EXPECT_EQ(with_file.message_text(), "the failing log");
    const event posted(test::fixture_json("webhook.room_notification.json"));
    EXPECT_EQ(posted.person(), nullptr);
    EXPECT_EQ(posted.message_text(), "<b>staging</b> is live");
    const event by_addon(test::fixture_json("webhook.room_topic_change.by_addon.json"));
    EXPECT_EQ(by_addon.person()->at("name"), "Deploy Bell");
}

TEST(event, can_be_moved_without_losing_what_it_points_to) {
    unsigned char arena[8192];
    json::monotonic_resource memory(arena, sizeof arena);
    event first(parse_strict(test::fixture("webhook.room_message.json"), &memory));
    const json::object* person = first.person();
    const event second(std::move(first));
    EXPECT_EQ(second.person(), person);
    EXPECT_EQ(second.person(), second.item().at("message").at("from").if_object());
    EXPECT_EQ(second.message_text(), "/deploy staging please @BoT");
    EXPECT_EQ(second.payload().storage().get(), &memory);
}

// proves: addon 5.3 lenient
TEST(event, tolerates_what_old_hosts_leave_out) {
    const event value(json::parse(
        R"({"event":"room_enter","item":{"room":{"id":"12"},"sender":{"id":"7","name":"A"}}})"));
    EXPECT_EQ(value.room_id(), 12);
    EXPECT_EQ(value.room_name(), "");
    EXPECT_EQ(value.oauth_client_id(), "");
    const event nobody(
        json::parse(R"({"event":"room_exit","item":{"room":{"id":1},"sender":null}})"));
    EXPECT_EQ(nobody.person(), nullptr);
    for (const std::string from : {R"("Ada")", "null"}) {
        const event text(json::parse(R"({"event":"room_message","item":{"room":{"id":1},)"
                                     R"("message":{"message":"hi","from":)"
                                     + from + "}}}"));
        EXPECT_EQ(text.person(), nullptr);
        EXPECT_EQ(text.message_text(), "hi");
    }
}

struct bad_payload {
    std::string text;
    std::string field;
};

TEST(event, names_the_member_that_is_wrong) {
    const std::string enter = R"({"event":"room_enter","item":)";
    const std::string said = R"({"event":"room_message","item":{"room":{"id":1},"message":)";
    const std::array<bad_payload, 20> cases = {{
        {"[]", ""},
        {"{}", "event"},
        {R"({"event":1})", "event"},
        {R"({"event":"room_explode"})", "event"},
        {R"({"event":"room_enter"})", "item"},
        {enter + "1}", "item"},
        {enter + "{}}", "item.room"},
        {enter + R"({"room":1}})", "item.room"},
        {enter + R"({"room":{}}})", "item.room.id"},
        {enter + R"({"room":{"id":"x"}}})", "item.room.id"},
        {enter + R"({"room":{"id":-4}}})", "item.room.id"},
        {enter + R"({"room":{"id":1.5}}})", "item.room.id"},
        {enter + R"({"room":{"id":1,"name":2},"sender":{}}})", "item.room.name"},
        {enter + R"({"room":{"id":1}}})", "item.sender"},
        {enter + R"({"room":{"id":1},"sender":"Ada"}})", "item.sender"},
        {enter + R"({"room":{"id":1},"sender":{}},"oauth_client_id":1})", "oauth_client_id"},
        {said + "1}}", "item.message"},
        {said + "{}}}", "item.message.message"},
        {said + R"({"message":1}}})", "item.message.message"},
        {said + R"({"message":"x","from":1}}})", "item.message.from"},
    }};
    for (const bad_payload& each : cases) {
        try {
            const event value(json::parse(each.text));
            ADD_FAILURE() << each.text;
        } catch (const protocol_error& error) {
            EXPECT_EQ(error.field(), each.field) << each.text;
        }
    }
}

// proves: addon 5.3 lenient
TEST(read_id, takes_whole_numbers_however_they_are_written) {
    EXPECT_EQ(read_id(7), 7);
    EXPECT_EQ(read_id(0), 0);
    EXPECT_EQ(read_id("7"), 7);
    EXPECT_EQ(read_id(7.0), 7);
    for (const json::value& value :
         {json::value(-1), json::value(1.5), json::value(1e300), json::value(""), json::value("-0"),
          json::value("7x"), json::value(" 7"), json::value("99999999999999999999"),
          json::value(18446744073709551615U), json::value(true), json::value(nullptr)})
        EXPECT_FALSE(read_id(value)) << value;
}

}  // namespace
}  // namespace hipchat::protocol
