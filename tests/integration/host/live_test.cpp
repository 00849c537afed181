#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

#include "live_page.hpp"
#include "running_host.hpp"

namespace hipchat::host::testing {
namespace {

json::object say(const std::string& text, const std::string& origin_id) {
    json::object frame;
    frame["type"] = "say";
    frame["text"] = text;
    frame["origin_id"] = origin_id;
    return frame;
}

std::vector<std::string> names(const json::value& people) {
    std::vector<std::string> found;
    for (const json::value& each : people.as_array())
        found.emplace_back(each.at("name").as_string());
    return found;
}

using list = std::vector<std::string>;

class live_socket : public ::testing::Test {
protected:
    live_page open(const std::string& query) { return {host_.port(), query}; }

    temporary_folder folder_;
    running_host host_{folder_.file("data")};
};

TEST_F(live_socket, is_welcomed_with_the_room_its_people_and_what_happened) {
    host_.act("room_message", "Bo", "first");
    live_page page = open("name=Ada%20Lovelace");
    const json::object welcome = page.frame();
    EXPECT_EQ(welcome.at("type").as_string(), "welcome");
    EXPECT_EQ(welcome.at("you").at("mention_name").as_string(), "AdaLovelace");
    EXPECT_EQ(welcome.at("room").at("name").as_string(), "Lobby");
    EXPECT_EQ(names(welcome.at("people")), list{"Ada Lovelace"});
    const json::array& changes = welcome.at("changes").as_array();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].at("text").as_string(), "first");
    EXPECT_EQ(changes[1].at("kind").as_string(), "enter");
    EXPECT_EQ(welcome.at("cursor"), changes[1].at("seq"));
}

TEST_F(live_socket, hears_what_others_say_and_who_comes_and_goes) {
    live_page ada = open("name=Ada");
    ada.frame("welcome");
    {
        live_page bo = open("name=Bo");
        EXPECT_EQ(ada.change("enter").at("person").at("name").as_string(), "Bo");
        EXPECT_EQ(names(ada.frame("people").at("people")), (list{"Ada", "Bo"}));
        bo.send(say("hello", "b-1"));
        const json::object heard = ada.change("message");
        EXPECT_EQ(heard.at("text").as_string(), "hello");
        EXPECT_EQ(heard.at("person").at("name").as_string(), "Bo");
        EXPECT_EQ(heard.at("origin_id").as_string(), "b-1");
        EXPECT_EQ(bo.change("message").at("seq"), heard.at("seq"));
    }
    EXPECT_EQ(ada.change("exit").at("person").at("name").as_string(), "Bo");
    EXPECT_EQ(names(ada.frame("people").at("people")), list{"Ada"});
}

TEST_F(live_socket, says_once_what_it_repeats_with_the_same_origin_id) {
    live_page ada = open("name=Ada");
    ada.frame("welcome");
    ada.send(say("hello", "same"));
    ada.send(say("hello", "same"));
    ada.send(say("bye", "other"));
    EXPECT_EQ(ada.change("message").at("text").as_string(), "hello");
    EXPECT_EQ(ada.change("message").at("text").as_string(), "bye");
    // The same id of another person is another message.
    live_page bo = open("name=Bo");
    bo.frame("welcome");
    bo.send(say("hello from Bo", "same"));
    EXPECT_EQ(ada.change("message").at("text").as_string(), "hello from Bo");
}

TEST_F(live_socket, changes_and_deletes_ones_own_messages_and_no_others) {
    live_page ada = open("name=Ada");
    ada.frame("welcome");
    ada.send(say("helo", "a-1"));
    const std::string id(ada.change("message").at("id").as_string());
    const auto edit = [&](const json::value& text) {
        return json::object{{"type", "edit"}, {"message_id", id}, {"text", text}};
    };
    live_page bo = open("name=Bo");
    bo.frame("welcome");
    bo.send(edit("mine now"));
    EXPECT_EQ(bo.frame("error").at("message").as_string(),
              "Only who wrote a message may change it");
    ada.send(edit("hello"));
    const json::object edited = bo.change("message_edited");
    EXPECT_EQ(edited.at("text").as_string(), "hello");
    EXPECT_EQ(edited.at("message_id").as_string(), id);
    ada.send(edit(nullptr));
    EXPECT_EQ(bo.change("message_deleted").at("message_id").as_string(), id);
    ada.send(edit("back again"));
    EXPECT_EQ(ada.frame("error").at("message").as_string(), "This message is not here any more");
    ada.send(edit(""));
    ada.frame("error");
    // What was deleted is nowhere to be read any more.
    live_page late = open("name=Cy");
    EXPECT_EQ(json::serialize(late.frame("welcome").at("changes").at(1)).find("helo"),
              std::string::npos);
}

TEST_F(live_socket, goes_on_where_it_was_interrupted) {
    live_page first = open("name=Ada");
    first.frame("welcome");
    host_.act("room_message", "Bo", "one");
    const json::object seen = first.change("message");
    host_.act("room_message", "Bo", "two");
    live_page again =
        open("name=Ada&after=" + std::to_string(seen.at("seq").to_number<std::int64_t>()));
    const json::object welcome = again.frame("welcome");
    ASSERT_EQ(welcome.at("changes").as_array().size(), 1U);
    EXPECT_EQ(welcome.at("changes").at(0).at("text").as_string(), "two");
}

TEST_F(live_socket, keeps_its_person_while_another_one_is_open) {
    live_page watcher = open("name=Watcher");
    watcher.frame("welcome");
    live_page tab = open("name=Ada");
    tab.frame("welcome");
    {
        live_page other = open("name=Ada");
        other.frame("welcome");
    }
    host_.act("room_message", "Bo", "still there?");
    watcher.change("message");
    EXPECT_EQ(names(body_of(host_.get("/api/rooms/1")).at("people")), (list{"Ada", "Watcher"}));
}

TEST_F(live_socket, leaves_at_once_when_told_and_says_nothing_after_that) {
    const temporary_folder folder;
    running_host patient(folder.file("data"),
                         [](host_options& options) { options.absence = std::chrono::hours(1); });
    live_page watcher(patient.port(), "name=Watcher");
    watcher.frame("welcome");
    live_page ada(patient.port(), "name=Ada");
    ada.frame("welcome");
    json::object leave;
    leave["type"] = "leave";
    ada.send(leave);
    EXPECT_EQ(watcher.change("exit").at("person").at("name").as_string(), "Ada");
    ada.send(say("are you there?", "x"));
    const json::object refused = ada.frame("error");
    EXPECT_EQ(refused.at("origin_id").as_string(), "x");
}

TEST_F(live_socket, says_what_could_not_be_done) {
    live_page ada = open("name=Ada");
    ada.frame("welcome");
    ada.send_text("nonsense");
    EXPECT_FALSE(ada.frame("error").at("message").as_string().empty());
    ada.send(say("", "empty"));
    EXPECT_EQ(ada.frame("error").at("origin_id").as_string(), "empty");
    ada.send(say(std::string(10'001, 'x'), "long"));
    EXPECT_EQ(ada.frame("error").at("origin_id").as_string(), "long");
    ada.send(say(std::string(10'000, 'x'), "fits"));
    EXPECT_EQ(ada.change("message").at("origin_id").as_string(), "fits");
}

TEST_F(live_socket, is_refused_without_a_name_or_a_room) {
    EXPECT_THROW(open("name="), std::runtime_error);
    EXPECT_THROW(open("after=0"), std::runtime_error);
    EXPECT_THROW(open("name=Ada&after=x"), std::runtime_error);
}

TEST_F(live_socket, is_closed_when_the_host_stops) {
    const temporary_folder folder;
    auto host = std::make_unique<running_host>(folder.file("data"));
    live_page ada(host->port(), "name=Ada");
    ada.frame("welcome");
    host.reset();
    EXPECT_TRUE(ada.is_closed());
}

TEST_F(live_socket, shows_events_that_came_by_request) {
    live_page ada = open("name=Ada");
    ada.frame("welcome");
    EXPECT_EQ(host_.act("room_enter", "Bo").status, 201);
    EXPECT_EQ(ada.change("enter").at("person").at("name").as_string(), "Bo");
    const plain_answer again = host_.act("room_enter", "Bo");
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(body_of(again).at("change").is_null());
    EXPECT_EQ(host_.act("room_exit", "Bo").status, 201);
    EXPECT_EQ(host_.act("room_exit", "Bo").status, 200);
    EXPECT_EQ(host_.act("room_dance", "Bo").status, 400);
    EXPECT_EQ(host_.act("room_message", "Bo").status, 400);
}

}  // namespace
}  // namespace hipchat::host::testing
