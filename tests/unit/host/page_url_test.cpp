#include "host/connect/page_url.hpp"

#include <gtest/gtest.h>

#include "protocol/jwt.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

json::object values() {
    return json::parse(R"({"id":7,"message":{"body":"a&b =ä","sender":{"id":3}},"none":null})")
        .as_object();
}

// proves: host 7 URL templates
TEST(page_urls, have_values_in_the_place_of_their_templates) {
    EXPECT_EQ(fill_template("http://a/{id}?t={message.body}", values()),
              "http://a/7?t=a%26b%20%3D%C3%A4");
    EXPECT_EQ(fill_template("http://a/{nothing}/{none}/{message.sender.id.x}", values()),
              "http://a///");
    EXPECT_EQ(fill_template("http://a/{message.sender}", values()), "http://a/%7B%22id%22%3A3%7D");
    EXPECT_EQ(fill_template("http://a/{open", values()), "http://a/{open");
}

TEST(page_urls, keep_their_query_and_fragment) {
    EXPECT_EQ(page_url("http://a/p", "J", "dark"),
              "http://a/p?signed_request=J&connect_client_api_version=1&theme=dark");
    EXPECT_EQ(page_url("http://a/p?x=1#top", "", ""),
              "http://a/p?x=1&connect_client_api_version=1#top");
}

TEST(page_urls, have_an_origin_if_they_are_of_the_web) {
    EXPECT_EQ(origin_of("http://127.0.0.1:5000/panel/{id}?x"), "http://127.0.0.1:5000");
    EXPECT_EQ(origin_of("https://addon.example.test"), "https://addon.example.test");
    for (const char* const other : {"javascript:alert(1)", "/panel", "", "ftp://x/y"})
        EXPECT_EQ(origin_of(other), "") << other;
}

TEST(page_urls, carry_a_token_for_one_person_in_one_room) {
    const client greeter = sample::greeter();
    const std::chrono::seconds now{1'700'000'000};
    const std::string token = page_token(greeter, 1, sample::ada(), now);
    auto unverified = protocol::unverified_token::parse(token);
    ASSERT_TRUE(unverified);
    const auto verified = protocol::verify(*std::move(unverified), greeter.secret.reveal(), now,
                                           std::chrono::seconds(0));
    ASSERT_TRUE(std::holds_alternative<protocol::jwt_claims>(verified));
    const auto& claims = std::get<protocol::jwt_claims>(verified);
    EXPECT_EQ(claims.issuer, greeter.oauth_id);
    EXPECT_EQ(claims.user_id, "7");
    EXPECT_EQ(claims.room_id, 1);
    EXPECT_NE(token, page_token(greeter, 1, sample::ada(), now)) << "each has a jti of its own";
}

}  // namespace
}  // namespace hipchat::host
