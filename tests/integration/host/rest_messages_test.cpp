// What is said in a room over the REST API, and what was said there.

#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

class rest_messages : public rest_caller {
protected:
    std::string say(const std::string& token, const std::string& text) const {
        const plain_answer said = ask(token, "POST", "/v2/room/1/message",
                                      json::serialize(json::object{{"message", text}}));
        EXPECT_EQ(said.status, 201) << said.body;
        return std::string(body_of(said).at("id").as_string());
    }
};
using strings = std::vector<std::string>;

// proves: host 4 serves POST /room/{r}/message
TEST_F(rest_messages, are_said_as_the_person_whose_token_it_is) {
    const std::string ada = token_of("Ada");
    const std::string id = say(ada, "hello @Ada");
    const json::value said = host_.changes_until("message").back();
    EXPECT_EQ(said.at("id"), json::string(id));
    EXPECT_EQ(said.at("person").at("name"), "Ada");
    EXPECT_EQ(ask(addon_token(), "POST", "/v2/room/1/message", R"({"message":"x"})").status, 403);
    EXPECT_EQ(field_of(ask(ada, "POST", "/v2/room/1/message",
                           R"({"message":")" + std::string(1001, 'x') + R"("})")),
              "message");
}

// proves: host 4 serves POST /room/{r}/reply
TEST_F(rest_messages, answer_others) {
    const std::string ada = token_of("Ada");
    const std::string parent = say(ada, "who can help?");
    EXPECT_EQ(ask(ada, "POST", "/v2/room/1/reply",
                  R"({"parentMessageId":")" + parent + R"(","message":"me"})")
                  .status,
              204);
    EXPECT_EQ(host_.changes_until("message", 3).back().at("parent_id"), json::string(parent));
    EXPECT_EQ(field_of(ask(ada, "POST", "/v2/room/1/reply",
                           R"({"parentMessageId":"nonsense","message":"me"})")),
              "parentMessageId");
}

// proves: host 4 serves /room/{r}/share/link
TEST_F(rest_messages, share_links_by_post_and_put) {
    const std::string ada = token_of("Ada");
    for (const char* const method : {"POST", "PUT"})
        EXPECT_EQ(ask(ada, method, "/v2/room/1/share/link",
                      R"({"link":"https://example.test/a","message":"see"})")
                      .status,
                  204);
    const json::value shared = host_.changes_until("message").back();
    EXPECT_EQ(shared.at("link"), "https://example.test/a");
    EXPECT_EQ(shared.at("text"), "see https://example.test/a");
    EXPECT_EQ(field_of(ask(ada, "POST", "/v2/room/1/share/link", R"({"link":"javascript:x"})")),
              "link");
}

// proves: host 4 serves cards
TEST_F(rest_messages, carry_cards_that_keep_to_the_rules) {
    const std::string good =
        R"({"message":"m","attach_to":"x","card":{"style":"application","id":"1","title":"t",)"
        R"("description":{"format":"html","value":"<b>a</b><script>x</script>"},"date":7}})";
    EXPECT_EQ(ask(addon_token(), "POST", "/v2/room/1/notification", good).status, 204);
    const json::value posted = host_.changes_until("notification").back();
    EXPECT_EQ(posted.at("card").at("title"), "t");
    EXPECT_EQ(posted.at("card").at("description").at("value"), "<b>a</b>");
    EXPECT_EQ(posted.at("attach_to"), "x");
    const auto flaw = [&](const std::string& card) {
        return field_of(ask(addon_token(), "POST", "/v2/room/1/notification",
                            R"({"message":"m","card":)" + card + "}"));
    };
    EXPECT_EQ(flaw(R"({"style":"poster","id":"1","title":"t"})"), "card.style");
    EXPECT_EQ(flaw(R"({"style":"link","id":"1"})"), "card.title");
    EXPECT_EQ(flaw(R"({"style":"link","id":"1","title":"t","thumbnail":{"url":"u","width":"3"}})"),
              "card.thumbnail.width");
    EXPECT_EQ(flaw(R"({"style":"link","id":"1","title":"t","attributes":[{"value":{}}]})"),
              "card.attributes[0].value.label");
}

// proves: host 4 serves GET /room/{r}/history; host 5 message
TEST_F(rest_messages, are_in_the_history_oldest_first_unless_asked_otherwise) {
    const std::string ada = token_of("Ada");
    say(ada, "one");
    say(ada, "two @Ada");
    ask(addon_token(), "POST", "/v2/room/1/notification",
        R"({"message":"<b>three</b>","color":"green"})");
    const json::object history = read(ada, "/v2/room/1/history");
    EXPECT_EQ(column(history, "message"), (strings{"one", "two @Ada", "<b>three</b>"}));
    const json::value& typed = history.at("items").at(1);
    EXPECT_EQ(typed.at("from").at("mention_name"), "Ada");
    EXPECT_EQ(typed.at("mentions").at(0).at("name"), "Ada");
    EXPECT_EQ(typed.at("type"), "message");
    const json::value& notified = history.at("items").at(2);
    EXPECT_EQ(notified.at("from"), "Sample");
    EXPECT_EQ(notified.at("color"), "green");
    EXPECT_EQ(notified.at("notification_sender").at("id"), "test.sample");
    EXPECT_EQ(column(read(ada, "/v2/room/1/history?reverse=false"), "message"),
              (strings{"<b>three</b>", "two @Ada", "one"}));
}

// proves: host 4 serves history by date
TEST_F(rest_messages, are_found_by_date_and_in_pages) {
    const std::string ada = token_of("Ada");
    for (const char* const text : {"one", "two", "three"})
        say(ada, text);
    const json::object first =
        read(ada, "/v2/room/1/history?date=2100-01-01T00:00:00Z&max-results=2");
    EXPECT_EQ(column(first, "message"), (strings{"two", "three"}));
    const std::string next(first.at("links").at("next").as_string());
    EXPECT_EQ(column(read(ada, next.substr(host_.base().size())), "message"), strings{"one"});
    EXPECT_TRUE(
        read(ada, "/v2/room/1/history?date=2000-01-01T00:00:00Z").at("items").as_array().empty());
    EXPECT_EQ(field_of(get(ada, "/v2/room/1/history?date=yesterday")), "date");
    const json::object until =
        read(ada, "/v2/room/1/history?date=2100-01-01T00:00:00Z&end-date=2099-01-01T00:00:00Z");
    EXPECT_TRUE(until.at("items").as_array().empty());
}

// proves: host 4 serves GET /room/{r}/history/latest
TEST_F(rest_messages, that_came_after_one_that_is_known_are_the_latest) {
    const std::string ada = token_of("Ada");
    say(ada, "one");
    const std::string known = say(ada, "two");
    say(ada, "three");
    EXPECT_EQ(column(read(ada, "/v2/room/1/history/latest?not-before=" + known), "message"),
              (strings{"two", "three"}));
    EXPECT_EQ(column(read(ada, "/v2/room/1/history/latest?max-results=1"), "message"),
              strings{"three"});
    EXPECT_EQ(field_of(get(ada, "/v2/room/1/history/latest?not-before=x")), "not-before");
}

// proves: host 4 serves GET /room/{r}/history/{id}
TEST_F(rest_messages, are_found_one_by_one) {
    const std::string ada = token_of("Ada");
    const std::string id = say(ada, "one");
    EXPECT_EQ(read(ada, "/v2/room/1/history/" + id).at("message").at("message"), "one");
    EXPECT_EQ(get(ada, "/v2/room/1/history/nonsense").status, 404);
}

TEST_F(rest_messages, are_read_only_with_the_scope_for_it) {
    EXPECT_EQ(get(token_of("Ada", R"(["view_room"])"), "/v2/room/1/history").status, 403);
}

}  // namespace
}  // namespace hipchat::host::testing
