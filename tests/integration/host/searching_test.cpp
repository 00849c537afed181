#include "live_page.hpp"
#include "signed_in_host.hpp"

namespace hipchat::host::testing {
namespace {

class searching : public signed_in_host {
protected:
    void say(const std::string& cookie, const std::string& text) const {
        const plain_answer said =
            ask(cookie, "POST", "/api/rooms/1/events",
                json::serialize(json::object{{"event", "room_message"}, {"text", text}}));
        EXPECT_EQ(said.status, 201) << said.body;
    }
    // What is found, newest first, each followed by ";".
    std::string found(const std::string& cookie, const std::string& query) const {
        const plain_answer answer = get(cookie, "/api/search?" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::string texts;
        const json::value body = body_of(answer);
        for (const json::value& each : body.at("changes").as_array())
            texts.append(each.at("text").as_string()).append(";");
        return texts;
    }
};

TEST_F(searching, finds_all_words_in_any_order_and_the_beginning_of_the_last) {
    say(ada_, "The valve opens at noon");
    say(ada_, "Another valve");
    EXPECT_EQ(found(ada_, "q=valve"), "Another valve;The valve opens at noon;");
    EXPECT_EQ(found(ada_, "q=noon+valve"), "The valve opens at noon;");
    EXPECT_EQ(found(ada_, "q=VAL"), "Another valve;The valve opens at noon;");
    EXPECT_EQ(found(ada_, "q=valve+boiler"), "");
    EXPECT_EQ(found(ada_, "q="), "");
}

TEST_F(searching, takes_what_was_typed_as_words_and_never_as_a_query_language) {
    say(ada_, "plain words");
    for (const char* const typed : {"%22", "*", "words%22+OR+%22plain", "NEAR(plain+words)", "-",
                                    "words:plain", "sender+:+ada", "(", "%00", "plain%27--"})
        EXPECT_EQ(get(ada_, "/api/search?q=" + std::string(typed)).status, 200) << typed;
    EXPECT_EQ(found(ada_, "q=words%22"), "plain words;");
}

TEST_F(searching, narrows_down_to_a_sender_and_a_room) {
    const std::string bo = join("Bo");
    say(ada_, "steam");
    say(bo, "more steam");
    EXPECT_EQ(found(ada_, "q=steam&from=bo"), "more steam;");
    EXPECT_EQ(found(ada_, "q=&from=bo"), "more steam;");
    EXPECT_EQ(found(ada_, "q=steam&room=Lobby"), "more steam;steam;");
    EXPECT_EQ(found(ada_, "q=steam&room=Nowhere"), "");
}

TEST_F(searching, finds_nothing_in_rooms_that_one_may_not_see) {
    const std::string bo = join("Bo");
    say(ada_, "the secret plan");
    EXPECT_EQ(found(bo, "q=plan"), "the secret plan;");
    ask(ada_, "PUT", "/api/rooms/Lobby/access", R"({"privacy":"private"})");
    EXPECT_EQ(found(bo, "q=plan"), "");
    EXPECT_EQ(found(bo, "q=plan&room=1"), "");
    EXPECT_EQ(found(ada_, "q=plan"), "the secret plan;");
}

TEST_F(searching, knows_a_message_as_it_was_edited_and_a_deleted_one_not_at_all) {
    say(ada_, "We ship on Thrusday");
    live_page page(host_.port(), "", "Cookie: " + ada_ + "\r\n");
    const json::object welcome = page.frame("welcome");
    json::string id;
    for (const json::value& each : welcome.at("changes").as_array())
        if (each.at("kind") == "message") id = each.at("id").as_string();
    page.send({{"type", "edit"}, {"message_id", id}, {"text", "We ship on Thursday"}});
    page.change("message_edited");
    EXPECT_EQ(found(ada_, "q=Thrusday"), "");
    EXPECT_EQ(found(ada_, "q=Thursday"), "We ship on Thursday;");
    page.send({{"type", "edit"}, {"message_id", id}, {"text", nullptr}});
    page.change("message_deleted");
    EXPECT_EQ(found(ada_, "q=Thursday"), "");
}

TEST_F(searching, goes_on_before_what_was_found) {
    for (int number = 0; number < 40; ++number)
        say(ada_, "steam " + std::to_string(number));
    const json::value first = body_of(get(ada_, "/api/search?q=steam"));
    const json::array& newest = first.at("changes").as_array();
    ASSERT_EQ(newest.size(), 30U);
    EXPECT_FALSE(first.at("is_all").as_bool());
    const auto oldest = newest.back().at("seq").to_number<std::int64_t>();
    const json::value rest =
        body_of(get(ada_, "/api/search?q=steam&before=" + std::to_string(oldest)));
    EXPECT_EQ(rest.at("changes").as_array().size(), 10U);
    EXPECT_TRUE(rest.at("is_all").as_bool());
}

}  // namespace
}  // namespace hipchat::host::testing
