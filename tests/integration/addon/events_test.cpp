// Each of the ten events reaches its handler with every field of its sample.

#include "running_addon.hpp"
#include "unit/protocol/fixture.hpp"

namespace hipchat::testing {
namespace {

class events : public with_host {
protected:
    // Delivers the sample, with `edit` applied, to the handler of `Event`, and calls `check` there.
    template <class Event, class Check>
    void expect_from(json::value payload, Check check) {
        counter seen;
        addon program(about());
        declare<Event>(program, [&](Event& event) {
            check(event);
            seen.add();
        });
        running_addon running(program);
        installed_in(running);
        const std::string path = "/event/" + std::string(Event::event_name);
        EXPECT_EQ(running.deliver(path, json::serialize(payload), token()).status, 204);
        EXPECT_TRUE(seen.wait_for(1)) << Event::event_name;
    }

    template <class Event, class Check>
    void expect_sample(Check check, const std::string& variant = "") {
        expect_from<Event>(
            test::fixture_json("webhook." + std::string(Event::event_name) + variant + ".json"),
            check);
    }

    template <class Event, class Handler>
    static void declare(addon& program, Handler handler) {
        if constexpr (std::same_as<Event, room_enter>) program.on_room_enter(handler);
        if constexpr (std::same_as<Event, room_exit>) program.on_room_exit(handler);
        if constexpr (std::same_as<Event, room_message>) program.on_room_message(handler);
        if constexpr (std::same_as<Event, room_notification>) program.on_room_notification(handler);
        if constexpr (std::same_as<Event, room_topic_change>) program.on_room_topic_change(handler);
        if constexpr (std::same_as<Event, room_created>) program.on_room_created(handler);
        if constexpr (std::same_as<Event, room_archived>) program.on_room_archived(handler);
        if constexpr (std::same_as<Event, room_unarchived>) program.on_room_unarchived(handler);
        if constexpr (std::same_as<Event, room_deleted>) program.on_room_deleted(handler);
        if constexpr (std::same_as<Event, room_file_upload>) program.on_room_file_upload(handler);
    }

    // What every sample says of its room and of who acted.
    void expect_common(const room_event& event, std::int64_t webhook, const std::string& version) {
        EXPECT_EQ(event.room().id(), 4021);
        EXPECT_EQ(event.room().name(), "Build Lab");
        EXPECT_EQ(event.room().facts().version, version);
        EXPECT_EQ(event.room().facts().privacy, room_privacy::public_room);
        EXPECT_EQ(event.sender().id(), 117);
        EXPECT_EQ(event.sender().mention_name(), "AdaL");
        EXPECT_FALSE(event.client());
        EXPECT_EQ(event.webhook_id(), webhook);
        EXPECT_EQ(event.tenant().oauth_id(), id_);
    }
};

// proves: addon 5.4 room_enter; addon 5.1 envelope
TEST_F(events, room_enter_says_who_came) {
    expect_sample<room_enter>([&](room_enter& event) { expect_common(event, 90001, "K3P9QX7T"); });
}

// proves: addon 5.4 room_exit
TEST_F(events, room_exit_says_who_left) {
    expect_sample<room_exit>([&](room_exit& event) { expect_common(event, 90002, "K3P9QX7T"); });
}

// proves: addon 5.4 room_message
TEST_F(events, room_message_says_what_was_typed) {
    expect_sample<room_message>([&](room_message& event) {
        EXPECT_EQ(event.text(), "/deploy staging please @BoT");
        EXPECT_EQ(event.sender().name(), "Ada Lindqvist");
        EXPECT_EQ(event.message().mentions.at(0).name(), "Bo Tanaka");
        EXPECT_EQ(event.match().size(), 0U);
        EXPECT_EQ(event.room().facts().webhooks,
                  "https://hipchat.example.test/v2/room/4021/webhook");
    });
}

// proves: addon 5.4 room_message file
TEST_F(events, room_message_may_have_a_file) {
    expect_sample<room_message>(
        [&](room_message& event) { EXPECT_EQ(event.message().file->size, 20480); }, ".with_file");
}

// proves: addon 5.4 room_notification
TEST_F(events, room_notification_has_a_name_for_its_sender) {
    expect_sample<room_notification>([&](room_notification& event) {
        EXPECT_EQ(event.text(), "<b>staging</b> is live");
        EXPECT_EQ(event.sender().name(), "Deploy Bell");
        EXPECT_EQ(event.sender().id(), 0);
        EXPECT_EQ(event.message().format, message_format::html);
        EXPECT_EQ(event.message().addon->addon_key, "test.example.deploybell");
    });
}

// proves: addon 5.4 room_topic_change
TEST_F(events, room_topic_change_says_the_new_topic) {
    expect_sample<room_topic_change>([&](room_topic_change& event) {
        expect_common(event, 90005, "K3P9QX7T");
        EXPECT_EQ(event.topic(), "Release week: freeze on Thursday");
    });
}

// proves: addon 5.4 room_topic_change; addon 5.3 client sender
TEST_F(events, room_topic_change_may_come_from_an_add_on) {
    expect_sample<room_topic_change>(
        [&](room_topic_change& event) {
            EXPECT_EQ(event.topic(), "2 builds red");
            EXPECT_EQ(event.sender().name(), "Deploy Bell");
            EXPECT_EQ(event.sender().id(), 0);
            ASSERT_TRUE(event.client());
            EXPECT_EQ(event.client()->id, id_);
        },
        ".by_addon");
}

// proves: addon 5.4 room_created
TEST_F(events, room_created_says_who_made_it) {
    expect_sample<room_created>(
        [&](room_created& event) { expect_common(event, 90006, "K3P9QX7T"); });
}

// proves: addon 5.4 room_archived
TEST_F(events, room_archived_says_so_of_its_room) {
    expect_sample<room_archived>([&](room_archived& event) {
        expect_common(event, 90007, "K3P9QX7U");
        EXPECT_EQ(event.room().facts().is_archived, true);
    });
}

// proves: addon 5.4 room_unarchived
TEST_F(events, room_unarchived_says_so_of_its_room) {
    expect_sample<room_unarchived>([&](room_unarchived& event) {
        expect_common(event, 90008, "K3P9QX7V");
        EXPECT_EQ(event.room().facts().is_archived, false);
    });
}

// proves: addon 5.4 room_deleted
TEST_F(events, room_deleted_says_who_did_it) {
    expect_sample<room_deleted>(
        [&](room_deleted& event) { expect_common(event, 90009, "K3P9QX7W"); });
}

// proves: addon 5.4 room_file_upload
TEST_F(events, room_file_upload_says_which_file) {
    expect_sample<room_file_upload>([&](room_file_upload& event) {
        expect_common(event, 90010, "K3P9QX7T");
        EXPECT_EQ(event.file().name, "floorplan.png");
        EXPECT_EQ(event.file().size, 48213);
        EXPECT_EQ(event.file().url,
                  "https://hipchat.example.test/files/1/117/Q9mZx2/floorplan.png");
        EXPECT_EQ(event.file().thumb_url,
                  "https://hipchat.example.test/files/1/117/Q9mZx2/floorplan_thumb.png");
    });
}

// proves: addon 5.3 lenient
TEST_F(events, may_have_ids_in_text_and_lack_what_is_not_needed) {
    expect_from<room_message>(
        json::parse(R"({"event":"room_message","webhook_id":"90003","new":{"member":[1]},
            "item":{"room":{"id":"4021","name":"Lab"},
                    "message":{"message":"hi","from":"Ada","mood":"good"}}})"),
        [&](room_message& event) {
            EXPECT_EQ(event.room().id(), 4021);
            EXPECT_EQ(event.webhook_id(), 90003);
            EXPECT_EQ(event.sender().name(), "Ada");
            EXPECT_EQ(event.text(), "hi");
            EXPECT_FALSE(event.message().date);
            EXPECT_FALSE(event.room().facts().privacy);
            // What has no name here is reachable.
            EXPECT_EQ(event.json().at("new").at("member").at(0), 1);
            EXPECT_EQ(event.json().at("item").at("message").at("mood"), "good");
        });
}

TEST_F(events, of_the_host_itself_have_nobody_as_their_sender) {
    expect_from<room_topic_change>(
        json::parse(R"({"event":"room_topic_change","item":{"room":{"id":4021},"sender":null}})"),
        [&](room_topic_change& event) {
            EXPECT_EQ(event.sender().name(), "");
            EXPECT_FALSE(event.client());
            EXPECT_EQ(event.topic(), "");
            EXPECT_EQ(event.webhook_id(), 0);
        });
}

}  // namespace
}  // namespace hipchat::testing
