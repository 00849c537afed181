#include "protocol/jwt.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixture.hpp"
#include "jwt_signing.hpp"

namespace hipchat::protocol {
namespace {

using namespace std::chrono_literals;
using test::signed_token;

// RFC 7515 A.1 and RFC 7519 3.1: one token, whose header is spread over two lines.
constexpr std::string_view rfc_token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    "."
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

std::string rfc_key() {
    return *base64url_decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
        "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
}

TEST(jwt, verifies_the_token_of_rfc_7515_and_rfc_7519) {
    const auto token = unverified_token::parse(rfc_token);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->issuer(), "joe");
    const auto result = verify(*token, rfc_key(), 1300819379s, 0s);
    const auto* claims = std::get_if<jwt_claims>(&result);
    ASSERT_NE(claims, nullptr);
    EXPECT_EQ(claims->issuer, "joe");
    EXPECT_EQ(claims->expires_at, 1300819380s);
    EXPECT_FALSE(claims->issued_at);
}

jwt_claims sample_claims() {
    jwt_claims claims;
    claims.issuer = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    claims.user_id = "117";
    claims.issued_at = 1489483613s;
    claims.expires_at = 1489487213s;
    claims.jti = "aB3dE5fG7hJ9kL1mN3pQ";
    claims.room_id = 4021;
    claims.user_tz = "Europe/Stockholm";
    return claims;
}

void expect_sample(const jwt_claims& claims) {
    const jwt_claims expected = sample_claims();
    EXPECT_EQ(claims.issuer, expected.issuer);
    EXPECT_EQ(claims.user_id, expected.user_id);
    EXPECT_EQ(claims.issued_at, expected.issued_at);
    EXPECT_EQ(claims.expires_at, expected.expires_at);
    EXPECT_EQ(claims.jti, expected.jti);
    EXPECT_EQ(claims.room_id, expected.room_id);
    EXPECT_EQ(claims.user_tz, expected.user_tz);
}

TEST(jwt, verifies_what_it_signed) {
    const std::string compact = sign(sample_claims(), secret("key"));
    const auto token = unverified_token::parse(compact);
    ASSERT_TRUE(token);
    const auto result = verify(*token, "key", 1489483613s, 0s);
    ASSERT_TRUE(std::holds_alternative<jwt_claims>(result));
    expect_sample(std::get<jwt_claims>(result));
}

TEST(jwt, signs_the_claims_of_the_sample) {
    const std::string compact = sign(sample_claims(), secret("key"));
    const std::size_t first = compact.find('.');
    const auto claims = base64url_decode(compact.substr(first + 1, compact.rfind('.') - first - 1));
    ASSERT_TRUE(claims);
    EXPECT_EQ(json::parse(*claims), test::fixture_json("jwt.claims.json"));
}

TEST(jwt, reads_the_claims_of_the_sample) {
    const auto token =
        unverified_token::parse(signed_token(test::fixture("jwt.claims.json"), "key"));
    ASSERT_TRUE(token);
    const auto result = verify(*token, "key", 1489483613s, 0s);
    ASSERT_TRUE(std::holds_alternative<jwt_claims>(result));
    expect_sample(std::get<jwt_claims>(result));
}

// proves: addon 4.1 HS256
TEST(jwt, verifies_the_bytes_as_they_came) {
    // Blanks after colons, as the reference's token has them, and a header that is not usual.
    const std::string compact =
        signed_token(R"({"iss": "a", "exp": 100})", "key", R"({ "alg" : "HS256" })");
    const auto token = unverified_token::parse(compact);
    ASSERT_TRUE(token);
    EXPECT_TRUE(std::holds_alternative<jwt_claims>(verify(*token, "key", 1s, 0s)));
}

TEST(jwt, knows_every_usual_header) {
    for (const std::string header :
         {R"({"alg":"HS256","typ":"JWT"})", R"({"typ":"JWT","alg":"HS256"})",
          R"({"alg": "HS256", "typ": "JWT"})", R"({"typ": "JWT", "alg": "HS256"})",
          R"({"alg":"HS256"})", R"({"kid":"1","alg":"HS256","typ":"JWT"})"})
        EXPECT_TRUE(unverified_token::parse(signed_token(R"({"iss":"a"})", "key", header)))
            << header;
}

std::optional<jwt_claims> claims_of(const std::string& members) {
    const auto token =
        unverified_token::parse(signed_token(R"({"iss":"a","exp":1000)" + members + "}", "key"));
    if (!token) return std::nullopt;
    return std::get<jwt_claims>(verify(*token, "key", 10s, 0s));
}

// proves: addon 4.1 claims
TEST(jwt, takes_the_user_from_sub_else_prn_as_text_or_number) {
    EXPECT_EQ(claims_of(R"(,"sub":"7")")->user_id, "7");
    EXPECT_EQ(claims_of(R"(,"sub":7)")->user_id, "7");
    EXPECT_EQ(claims_of(R"(,"prn":8)")->user_id, "8");
    EXPECT_EQ(claims_of(R"(,"prn":"8","sub":"7")")->user_id, "7");
    EXPECT_EQ(claims_of(R"(,"sub":null,"prn":"8")")->user_id, "8");
    EXPECT_EQ(claims_of(R"(,"sub":9007199254740993)")->user_id, "9007199254740993");
    EXPECT_EQ(claims_of("")->user_id, "");
    EXPECT_FALSE(claims_of(R"(,"sub":true)"));
    EXPECT_FALSE(claims_of(R"(,"sub":1.5)"));
    EXPECT_FALSE(claims_of(R"(,"prn":[])"));
}

// proves: addon 4.1 claims
TEST(jwt, reads_the_context_as_it_comes) {
    EXPECT_EQ(claims_of(R"(,"context":{"room_id":4021})")->room_id, 4021);
    EXPECT_EQ(claims_of(R"(,"context":{"room_id":"4021"})")->room_id, 4021);
    EXPECT_FALSE(claims_of(R"(,"context":{"room_id":null})")->room_id);
    EXPECT_FALSE(claims_of(R"(,"context":{})")->room_id);
    EXPECT_FALSE(claims_of(R"(,"context":null)")->room_id);
    EXPECT_EQ(claims_of(R"(,"context":{"tz":"UTC"})")->user_tz, "UTC");
    EXPECT_EQ(claims_of(R"(,"context":{"tz":"UTC","user_tz":"CET"})")->user_tz, "CET");
    EXPECT_FALSE(claims_of(R"(,"context":{"room_id":"x"})"));
    EXPECT_FALSE(claims_of(R"(,"context":{"room_id":-1})"));
    EXPECT_FALSE(claims_of(R"(,"context":{"user_tz":1})"));
    EXPECT_FALSE(claims_of(R"(,"context":[])"));
    EXPECT_FALSE(claims_of(R"(,"context":"x")"));
}

TEST(jwt, does_not_take_a_member_of_another_object_for_a_claim) {
    const auto claims = claims_of(
        R"(,"x":{"sub":"1","room_id":2,"context":{"room_id":3}},"y":[{"jti":"4"}],"room_id":5)");
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->user_id, "");
    EXPECT_EQ(claims->jti, "");
    EXPECT_FALSE(claims->room_id);
    EXPECT_FALSE(claims_of(R"(,"context":{"context":{"room_id":3}})")->room_id);
    EXPECT_EQ(claims_of(R"(,"context":{"x":{"room_id":3},"room_id":4})")->room_id, 4);
}

TEST(jwt, reads_escaped_text) {
    EXPECT_EQ(claims_of(R"(,"\u006ati":"a\u0062c")")->jti, "abc");
    EXPECT_EQ(claims_of(R"(,"jti":"\"\\\n")")->jti, "\"\\\n");
}

TEST(jwt, accepts_dates_that_are_whole_or_nearly) {
    EXPECT_EQ(claims_of(R"(,"iat":5)")->issued_at, 5s);
    EXPECT_EQ(claims_of(R"(,"iat":5.0)")->issued_at, 5s);
    EXPECT_EQ(claims_of(R"(,"iat":5.73)")->issued_at, 5s);
    for (const std::string date : {"-1", "-0.5", "1e300", "253402300800", "18446744073709551615",
                                   R"("5")", "null", "true", "{}", "[5]"})
        EXPECT_FALSE(claims_of(R"(,"iat":)" + date)) << date;
}

}  // namespace
}  // namespace hipchat::protocol
