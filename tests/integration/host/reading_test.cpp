#include "live_page.hpp"
#include "signed_in_host.hpp"

// What was read, what was not, and what was long ago.

namespace hipchat::host::testing {
namespace {

class reading : public signed_in_host {
protected:
    std::int64_t say(const std::string& cookie, const std::string& room,
                     const std::string& text) const {
        const plain_answer said =
            ask(cookie, "POST", "/api/rooms/" + room + "/events",
                json::serialize(json::object{{"event", "room_message"}, {"text", text}}));
        EXPECT_EQ(said.status, 201) << said.body;
        return body_of(said).at("change").at("seq").to_number<std::int64_t>();
    }
    std::string make_room(const std::string& name) const {
        const plain_answer made = ask(ada_, "POST", "/api/rooms", R"({"name":")" + name + R"("})");
        EXPECT_EQ(made.status, 201) << made.body;
        return std::to_string(body_of(made).at("room").at("id").to_number<std::int64_t>());
    }
    // "room messages mentions;" for each.
    std::string unread(const std::string& cookie) const {
        std::string text;
        const json::value body = body_of(get(cookie, "/api/unread"));
        for (const json::value& each : body.at("rooms").as_array())
            text.append(json::serialize(each.at("id")) + " " + json::serialize(each.at("messages"))
                        + " " + json::serialize(each.at("mentions")) + ";");
        return text;
    }
    // Reads Lobby to its end.
    void read_lobby(const std::string& cookie) const {
        live_page page(host_.port(), "", "Cookie: " + cookie + "\r\n");
        const json::object welcome = page.frame("welcome");
        page.send({{"type", "read"}, {"seq", welcome.at("cursor")}});
        // An answer shows that it was taken.
        page.send({{"type", "nonsense"}});
        page.frame("error");
    }
    std::size_t past(const std::string& query, const char* member = "changes") const {
        return body_of(get(ada_, "/api/rooms/1/past?" + query)).at(member).as_array().size();
    }
};

TEST_F(reading, counts_what_others_said_since_and_who_was_meant) {
    const std::string bo = join("Bo");
    read_lobby(bo);
    say(ada_, "1", "good morning");
    say(ada_, "1", "are you there, @bo?");
    say(ada_, "1", "@all lunch");
    say(bo, "1", "yes");
    EXPECT_EQ(unread(bo), "1 3 2;");
    read_lobby(bo);
    EXPECT_EQ(unread(bo), "");
}

TEST_F(reading, finds_nothing_unread_in_a_room_that_one_never_read) {
    const std::string bo = join("Bo");
    say(ada_, "1", "good morning");
    EXPECT_EQ(unread(bo), "");
}

TEST_F(reading, does_not_tell_of_rooms_that_one_may_not_see_any_more) {
    const std::string bo = join("Bo");
    read_lobby(bo);
    say(ada_, "1", "good morning");
    ask(ada_, "PUT", "/api/rooms/1/access", R"({"privacy":"private"})");
    EXPECT_EQ(unread(bo), "");
}

TEST_F(reading, cannot_run_ahead_of_what_was_said) {
    const std::string bo = join("Bo");
    live_page page(host_.port(), "", "Cookie: " + bo + "\r\n");
    page.frame("welcome");
    page.send({{"type", "read"}, {"seq", 1'000'000}});
    page.send({{"type", "nonsense"}});
    page.frame("error");
    say(ada_, "1", "good morning");
    EXPECT_EQ(unread(bo), "1 1 0;");
}

TEST_F(reading, in_one_room_is_told_once_of_others_until_it_asks_again) {
    const std::string engine = make_room("Engine room");
    live_page page(host_.port(), "", "Cookie: " + ada_ + "\r\n");
    page.frame("welcome");
    const std::string bo = join("Bo");
    say(bo, engine, "one");
    page.frame("elsewhere");
    say(bo, engine, "two");
    say(bo, "1", "here");
    EXPECT_EQ(page.frame().at("type").as_string(), "change") << "the second was not told";
    page.send({{"type", "elsewhere"}});
    page.send({{"type", "nonsense"}});
    page.frame("error");
    say(bo, engine, "three");
    page.frame("elsewhere");
}

TEST_F(reading, of_other_rooms_is_not_told_to_who_may_not_see_them) {
    const std::string engine = make_room("Engine room");
    ask(ada_, "PUT", "/api/rooms/" + engine + "/access", R"({"privacy":"private"})");
    const std::string bo = join("Bo");
    live_page page(host_.port(), "", "Cookie: " + bo + "\r\n");
    page.frame("welcome");
    say(ada_, engine, "behind closed doors");
    say(ada_, "1", "hello");
    EXPECT_EQ(page.change("message").at("text").as_string(), "hello");
    // Whatever came before it would have been dropped by change(): ask for all that came.
    live_page again(host_.port(), "", "Cookie: " + bo + "\r\n");
    again.frame("welcome");
    say(ada_, engine, "still closed");
    say(ada_, "1", "hello again");
    EXPECT_EQ(again.frame().at("type").as_string(), "change");
}

TEST_F(reading, goes_back_in_parts_to_the_beginning) {
    for (int number = 0; number < 10; ++number)
        say(ada_, "1", "line " + std::to_string(number));
    const json::value newest = body_of(get(ada_, "/api/rooms/1/past?limit=4"));
    EXPECT_EQ(newest.at("changes").as_array().size(), 4U);
    EXPECT_FALSE(newest.at("is_begin").as_bool());
    EXPECT_EQ(newest.at("changes").as_array().back().at("text").as_string(), "line 9");
    const auto first = newest.at("changes").as_array().front().at("seq").to_number<std::int64_t>();
    const json::value rest =
        body_of(get(ada_, "/api/rooms/1/past?limit=200&before=" + std::to_string(first)));
    EXPECT_TRUE(rest.at("is_begin").as_bool());
    EXPECT_EQ(rest.at("changes").as_array().back().at("text").as_string(), "line 5");
}

TEST_F(reading, shows_what_was_said_around_a_message) {
    say(ada_, "1", "before");
    const std::int64_t seq = say(ada_, "1", "this one");
    say(ada_, "1", "after");
    const json::value part =
        body_of(get(ada_, "/api/rooms/1/past?limit=2&around=" + std::to_string(seq)));
    std::string texts;
    for (const json::value& each : part.at("changes").as_array())
        if (each.at("kind") == "message") texts.append(each.at("text").as_string()).append(";");
    EXPECT_EQ(texts, "before;this one;after;");
    EXPECT_EQ(past("around=" + std::to_string(seq)), past("limit=200"));
}

TEST_F(reading, answers_point_to_messages_of_this_room_only) {
    const std::string engine = make_room("Engine room");
    const plain_answer said = ask(ada_, "POST", "/api/rooms/" + engine + "/events",
                                  R"({"event":"room_message","text":"elsewhere"})");
    const json::string id = body_of(said).at("change").at("id").as_string();
    live_page page(host_.port(), "", "Cookie: " + ada_ + "\r\n");
    page.frame("welcome");
    page.send({{"type", "say"}, {"text", "yes"}, {"origin_id", "1"}, {"parent_id", id}});
    EXPECT_EQ(page.frame("error").at("origin_id").as_string(), "1");
}

}  // namespace
}  // namespace hipchat::host::testing
