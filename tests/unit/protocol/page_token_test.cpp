// The add-on's own tokens: what they hold, and everything that is none.

#include "protocol/page_token.hpp"

#include <gtest/gtest.h>

#include <string>

#include "protocol/base64url.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::protocol {
namespace {

using std::chrono::seconds;

constexpr seconds now{1'700'000'000};
const secret key("a key of thirty-two bytes or so..");

page_claims sample() {
    page_claims claims;
    claims.issuer = "tenant-1";
    claims.generation = 7;
    claims.user_id = "117";
    claims.room_id = 4021;
    claims.user_tz = "Europe/Berlin";
    claims.theme = "dark";
    claims.began = now - seconds(60);
    claims.issued_at = now;
    claims.expires_at = now + seconds(900);
    return claims;
}

std::optional<page_claims> verified(const std::string& token, const secret& with = key,
                                    seconds at = now) {
    auto parsed = unverified_page_token::parse(token);
    if (!parsed) return std::nullopt;
    auto checked = verify_page_token(std::move(*parsed), with, at);
    auto* claims = std::get_if<page_claims>(&checked);
    return claims ? std::optional(*claims) : std::nullopt;
}

// A token of any header and claims, signed as ours are.
std::string forged(std::string_view header, std::string_view claims) {
    std::string token = base64url_encode(header) + '.' + base64url_encode(claims);
    const sha256_digest mac = hmac_sha256(key.reveal(), token);
    return token + '.' + base64url_encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

constexpr std::string_view own_header = R"({"alg":"HS256","typ":"page+jwt"})";
constexpr std::string_view own_claims =
    R"({"iss":"tenant-1","gen":7,"began":1700000000,"iat":1700000000,"exp":1700000900})";

// proves: addon 4.4 page token; addon 4.4 with context
TEST(page_token, says_again_what_was_signed) {
    const auto claims = verified(sign_page_token(sample(), key));
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->issuer, "tenant-1");
    EXPECT_EQ(claims->generation, 7);
    EXPECT_EQ(claims->user_id, "117");
    EXPECT_EQ(claims->room_id, 4021);
    EXPECT_EQ(claims->user_tz, "Europe/Berlin");
    EXPECT_EQ(claims->theme, "dark");
    EXPECT_EQ(claims->began, now - seconds(60));
    EXPECT_EQ(claims->expires_at, now + seconds(900));
}

TEST(page_token, yields_its_issuer_only_until_it_is_verified) {
    const auto token = unverified_page_token::parse(sign_page_token(sample(), key));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->issuer(), "tenant-1");
}

TEST(page_token, ends_when_it_says_without_leeway) {
    const std::string token = sign_page_token(sample(), key);
    EXPECT_TRUE(verified(token, key, now + seconds(899)));
    EXPECT_FALSE(verified(token, key, now + seconds(900)));
}

TEST(page_token, of_another_copy_may_be_a_minute_ahead) {
    const std::string token = sign_page_token(sample(), key);
    EXPECT_TRUE(verified(token, key, now - seconds(60)));
    EXPECT_FALSE(verified(token, key, now - seconds(61)));
}

TEST(page_token, is_nothing_under_another_key) {
    const std::string token = sign_page_token(sample(), key);
    EXPECT_FALSE(verified(token, secret("another key")));
    EXPECT_FALSE(verified(token, secret()));
    EXPECT_FALSE(verified(sign_page_token(sample(), secret()), secret()));
}

TEST(page_token, is_void_after_any_change) {
    const std::string token = sign_page_token(sample(), key);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verified(changed)) << i;
    }
}

TEST(page_token, has_one_header_in_one_spelling) {
    EXPECT_TRUE(verified(forged(own_header, own_claims)));
    for (const char* header :
         {R"({"alg":"HS256","typ":"JWT"})", R"({"alg":"HS256"})",
          R"({"alg":"none","typ":"page+jwt"})", R"({"typ":"page+jwt","alg":"HS256"})",
          R"({"alg": "HS256", "typ": "page+jwt"})"})
        EXPECT_FALSE(unverified_page_token::parse(forged(header, own_claims))) << header;
}

TEST(page_token, is_malformed_unless_its_claims_are_whole) {
    for (const char* claims :
         {"", "[]", "{}", "null", R"({"gen":7,"began":1,"iat":1,"exp":1})",
          R"({"iss":"","gen":7,"began":1,"iat":1,"exp":1})",
          R"({"iss":"a","gen":7,"iat":1,"exp":1})", R"({"iss":"a","gen":7,"began":1,"iat":1})",
          R"({"iss":"a","gen":7,"began":1,"iat":1,"exp":-1})",
          R"({"iss":"a","iss":"b","gen":7,"began":1,"iat":1,"exp":1})",
          R"({"iss":"a","gen":7,"began":1,"iat":1,"exp":1} )"
          "x"})
        EXPECT_FALSE(unverified_page_token::parse(forged(own_header, claims))) << claims;
    EXPECT_FALSE(unverified_page_token::parse(""));
    EXPECT_FALSE(unverified_page_token::parse("a.b.c"));
    const std::string good = forged(own_header, own_claims);
    EXPECT_FALSE(unverified_page_token::parse(good.substr(0, good.rfind('.'))));
    EXPECT_FALSE(unverified_page_token::parse(good.substr(0, good.rfind('.') + 1)));
    EXPECT_FALSE(unverified_page_token::parse(good + "."));
    EXPECT_FALSE(unverified_page_token::parse(good + std::string(8192, 'A')));
}

// The two kinds look alike; each must be no token at all for the other.
TEST(page_token, and_the_hosts_tokens_are_never_taken_for_each_other) {
    EXPECT_FALSE(unverified_token::parse(sign_page_token(sample(), key)));
    jwt_claims hosts;
    hosts.issuer = "tenant-1";
    hosts.expires_at = now + seconds(900);
    EXPECT_FALSE(unverified_page_token::parse(sign(hosts, key)));
    EXPECT_FALSE(unverified_page_token::claimed_by(sign(hosts, key)));
}

}  // namespace
}  // namespace hipchat::protocol
