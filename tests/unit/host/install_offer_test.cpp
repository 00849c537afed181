#include "host/connect/install_offer.hpp"

#include <gtest/gtest.h>

#include "protocol/installation.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

using namespace install_step;
using reason = install_refused::reason;

constexpr const char* addon = "http://127.0.0.1:5000";

transport::http_answer answered(int status, std::string body, std::string type = "text/plain") {
    transport::http_answer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.headers.emplace_back("Content-Type", std::move(type));
    return answer;
}

transport_error failed(transport_error::reason why) {
    return {why, "it did not work"};
}

class install : public testing::Test {
protected:
    install_offer offer(std::vector<scope> agreed = {scope::view_room, scope::send_notification}) {
        install_terms terms;
        terms.url = std::string(addon) + "/descriptor";
        terms.agreed = std::move(agreed);
        terms.room_id = 1;
        terms.oauth_id = "an-id";
        terms.oauth_secret = secret("a secret");
        return {terms, self_};
    }

    // What becomes of a descriptor.
    install_action judged(const json::object& document) {
        install_offer one = offer();
        return one.descriptor_came(answered(200, json::serialize(document)));
    }
    // The refusal that must come of it.
    static install_refused why(const install_action& action) {
        EXPECT_TRUE(std::holds_alternative<fail>(action));
        return std::get<fail>(action).why;
    }
    static bool names(const install_refused& refused, std::string_view text) {
        return std::string_view(refused.what()).find(text) != std::string_view::npos;
    }

    self_address self_{"http://localhost:8080", 8080};
    json::object document_ = sample::descriptor(addon);
};

TEST_F(install, fetches_the_descriptor_then_activates_the_client_then_asks_the_add_on) {
    install_offer one = offer();
    const install_action first = one.begin();
    ASSERT_TRUE(std::holds_alternative<fetch>(first));
    EXPECT_EQ(std::get<fetch>(first).call.url, "http://127.0.0.1:5000/descriptor");

    const install_action second = one.descriptor_came(answered(200, json::serialize(document_)));
    ASSERT_TRUE(std::holds_alternative<activate>(second));
    const client& made = std::get<activate>(second).made;
    EXPECT_EQ(made.state, client::status::offered);
    EXPECT_EQ(made.hooks.size(), 1U);

    const install_action third = one.activated(true);
    ASSERT_TRUE(std::holds_alternative<post>(third));
    const auto& call = std::get<post>(third).call;
    EXPECT_EQ(call.url, "http://127.0.0.1:5000/installable");
    const protocol::installation body = protocol::parse_installation(call.body);
    EXPECT_EQ(body.oauth_id, "an-id");
    EXPECT_EQ(body.oauth_secret->reveal(), "a secret");
    EXPECT_EQ(body.capabilities_url, "http://localhost:8080/v2/capabilities");
    EXPECT_EQ(body.room_id, 1);
    EXPECT_EQ(body.group_id, 1);

    EXPECT_TRUE(std::holds_alternative<confirm>(one.addon_answered(answered(201, ""))));
}

TEST_F(install, takes_any_2xx_as_a_yes) {
    for (const int status : {200, 201, 202, 204})
        EXPECT_TRUE(std::holds_alternative<confirm>(offer().addon_answered(answered(status, ""))));
}

TEST_F(install, withdraws_and_reports_the_start_of_what_a_refusing_add_on_says) {
    const std::string said = "we do not like this room " + std::string(2000, '!');
    const install_action end = offer().addon_answered(answered(403, said));
    ASSERT_TRUE(std::holds_alternative<withdraw>(end));
    const withdraw& back = std::get<withdraw>(end);
    EXPECT_FALSE(back.tell);
    EXPECT_EQ(back.why.why(), reason::addon);
    EXPECT_TRUE(names(back.why, "403"));
    EXPECT_TRUE(names(back.why, "we do not like this room"));
    EXPECT_LT(std::string_view(back.why.what()).size(), 1200U);
}

TEST_F(install, does_not_report_what_is_no_plain_text) {
    const install_action end =
        offer().addon_answered(answered(500, "<h1>stack trace</h1>", "text/html"));
    EXPECT_FALSE(names(std::get<withdraw>(end).why, "stack trace"));
}

TEST_F(install, tells_the_add_on_when_its_yes_may_have_been_lost) {
    using transport_reason = transport_error::reason;
    for (const auto why : {transport_reason::timeout, transport_reason::broken})
        EXPECT_TRUE(std::get<withdraw>(offer().addon_answered(failed(why))).tell);
    for (const auto why : {transport_reason::connect, transport_reason::refused_destination})
        EXPECT_FALSE(std::get<withdraw>(offer().addon_answered(failed(why))).tell);
}

TEST_F(install, needs_no_answer_from_an_add_on_without_callback) {
    document_.at("capabilities").at("installable").as_object().erase("callbackUrl");
    install_offer one = offer();
    ASSERT_TRUE(std::holds_alternative<activate>(
        one.descriptor_came(answered(200, json::serialize(document_)))));
    EXPECT_TRUE(std::holds_alternative<confirm>(one.activated(true)));
}

TEST_F(install, is_a_conflict_when_the_add_on_is_there_already) {
    EXPECT_EQ(why(offer().activated(false)).why(), reason::conflict);
}

TEST_F(install, refuses_a_descriptor_that_lies_about_its_own_url) {
    document_.at("links").at("self") = "http://127.0.0.1:5000/other";
    const install_refused refused = why(judged(document_));
    EXPECT_EQ(refused.why(), reason::bad_request);
    EXPECT_TRUE(names(refused, "links.self"));
    EXPECT_TRUE(names(refused, "http://127.0.0.1:5000/other"));
    EXPECT_TRUE(names(refused, "http://127.0.0.1:5000/descriptor"));
}

TEST_F(install, refuses_urls_on_the_hosts_own_origin_under_all_its_names) {
    for (const char* const own :
         {"http://localhost:8080/x", "http://127.0.0.1:8080/x", "http://[::1]:8080/x",
          "http://127.0.0.2:8080/x", "http://LOCALHOST:8080/x"}) {
        json::object document = sample::descriptor(addon);
        document.at("capabilities").at("webhook").as_array()[0].at("url") = own;
        const install_refused refused = why(judged(document));
        EXPECT_TRUE(names(refused, "own origin")) << own << ": " << refused.what();
    }
}

TEST_F(install, does_not_even_read_a_descriptor_from_the_host_itself) {
    install_terms terms;
    terms.url = "http://127.0.0.1:8080/v2/capabilities";
    install_offer one(terms, self_);
    EXPECT_TRUE(names(why(one.begin()), "own origin"));
}

TEST_F(install, refuses_an_address_that_is_no_web_url) {
    for (const char* const url : {"", "greeter", "ftp://a/", "file:///etc/passwd", "http://u@a/"}) {
        install_terms terms;
        terms.url = url;
        EXPECT_EQ(why(install_offer(terms, self_).begin()).why(), reason::bad_request) << url;
    }
}

TEST_F(install, refuses_other_scopes_than_those_agreed_to) {
    const std::string text = json::serialize(document_);
    for (const auto& agreed :
         {std::vector<scope>{}, std::vector<scope>{scope::send_notification},
          std::vector<scope>{scope::send_notification, scope::view_room, scope::view_group}}) {
        install_offer one = offer(agreed);
        EXPECT_EQ(why(one.descriptor_came(answered(200, text))).why(), reason::conflict);
    }
}

TEST_F(install, refuses_an_add_on_that_does_not_go_into_rooms) {
    document_.at("capabilities").at("installable").at("allowRoom") = false;
    document_.at("capabilities").at("installable").at("allowGlobal") = true;
    EXPECT_TRUE(names(why(judged(document_)), "allowRoom"));
}

TEST_F(install, refuses_a_pattern_that_is_none) {
    json::object& hook = document_.at("capabilities").at("webhook").as_array()[0].as_object();
    hook["event"] = "room_message";
    hook["pattern"] = "(unclosed";
    EXPECT_EQ(why(judged(document_)).why(), reason::bad_request);
}

TEST_F(install, refuses_what_is_no_descriptor_and_says_where_it_came_from) {
    install_offer one = offer();
    EXPECT_TRUE(names(why(one.descriptor_came(answered(200, "<html>"))), "/descriptor"));
    EXPECT_TRUE(names(why(one.descriptor_came(answered(302, ""))), "302"));
    EXPECT_EQ(why(one.descriptor_came(failed(transport_error::reason::timeout))).why(),
              reason::addon);
}

}  // namespace
}  // namespace hipchat::host
