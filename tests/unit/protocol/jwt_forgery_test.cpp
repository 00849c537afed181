#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "jwt_signing.hpp"
#include "protocol/jwt.hpp"

// Every token here must be refused; the claims are good unless the test says otherwise.

namespace hipchat::protocol {
namespace {

using namespace std::chrono_literals;
using test::signed_token;
using test::with_signature;

constexpr std::string_view key = "q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B";
constexpr std::string_view good_claims = R"({"iss":"a","sub":"7","iat":1000,"exp":2000})";
constexpr std::chrono::seconds now = 1500s;

bool accepted(std::string_view compact) {
    const auto token = unverified_token::parse(compact);
    return token && std::holds_alternative<jwt_claims>(verify(*token, key, now, 0s));
}

// Why a well-formed token is refused.
std::optional<jwt_flaw> flaw_of(std::string_view claims, std::chrono::seconds at = now,
                                std::chrono::seconds leeway = 0s) {
    const auto token = unverified_token::parse(signed_token(claims, key));
    if (!token) return std::nullopt;
    const auto result = verify(*token, key, at, leeway);
    const auto* flaw = std::get_if<jwt_flaw>(&result);
    if (flaw == nullptr) return std::nullopt;
    return *flaw;
}

TEST(jwt_forgery, the_genuine_token_is_accepted) {
    EXPECT_TRUE(accepted(signed_token(good_claims, key)));
}

TEST(jwt_forgery, refuses_another_key) {
    for (const std::string& other :
         {std::string("wrong"), std::string(key) + "x", std::string(key.substr(1)), std::string()})
        EXPECT_FALSE(accepted(signed_token(good_claims, other)));
}

TEST(jwt_forgery, an_empty_key_verifies_nothing) {
    const auto token = unverified_token::parse(signed_token(good_claims, ""));
    ASSERT_TRUE(token);
    const auto result = verify(*token, "", now, 0s);
    EXPECT_EQ(std::get<jwt_flaw>(result), jwt_flaw::bad_signature);
}

// proves: addon 4.3 other algorithms
TEST(jwt_forgery, refuses_every_other_algorithm) {
    for (const std::string name : {"none", "None", "NONE", "nOnE", "HS384", "HS512", "RS256",
                                   "ES256", "PS256", "EdDSA", "hs256", "HS256 ", ""})
        EXPECT_FALSE(
            accepted(signed_token(good_claims, key, R"({"typ":"JWT","alg":")" + name + R"("})")))
            << name;
    for (const std::string header :
         {R"({"typ":"JWT"})", R"({"alg":null})", R"({"alg":["HS256"]})", R"({"alg":1})", "[]",
          R"("HS256")", "", "{", R"({"alg":"HS256"}x)"})
        EXPECT_FALSE(accepted(signed_token(good_claims, key, header))) << header;
}

TEST(jwt_forgery, refuses_a_token_without_signature) {
    const std::string header = base64url_encode(R"({"alg":"none"})");
    const std::string claims = base64url_encode(good_claims);
    EXPECT_FALSE(accepted(header + '.' + claims + '.'));
    EXPECT_FALSE(accepted(header + '.' + claims));
    const std::string genuine = signed_token(good_claims, key);
    EXPECT_FALSE(accepted(genuine.substr(0, genuine.rfind('.') + 1)));
}

TEST(jwt_forgery, refuses_a_token_cut_anywhere) {
    const std::string genuine = signed_token(good_claims, key);
    for (std::size_t length = 0; length < genuine.size(); ++length) {
        EXPECT_FALSE(accepted(genuine.substr(0, length))) << length;
        EXPECT_FALSE(accepted(genuine.substr(genuine.size() - length))) << length;
    }
}

TEST(jwt_forgery, refuses_a_token_with_any_character_changed) {
    const std::string genuine = signed_token(good_claims, key);
    for (std::size_t place = 0; place < genuine.size(); ++place) {
        std::string forged = genuine;
        forged[place] = forged[place] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(accepted(forged)) << place;
    }
}

TEST(jwt_forgery, refuses_padding_and_anything_around_the_token) {
    const std::string genuine = signed_token(good_claims, key);
    for (const std::string& forged : {genuine + "=", genuine + "==", genuine + ".", genuine + "A",
                                      genuine + " ", genuine + "\n", " " + genuine, "." + genuine,
                                      genuine + "." + genuine, genuine + std::string(1, '\0')})
        EXPECT_FALSE(accepted(forged)) << forged;
}

TEST(jwt_forgery, refuses_the_standard_alphabet) {
    // These claims encode to both of the characters that differ.
    const std::string claims = "{\"iss\":\"a\",\"exp\":2000,\"x\":\"\xC3\xBF>>>???\xC3\xBE~~~\"}";
    std::string compact = signed_token(claims, key);
    ASSERT_TRUE(accepted(compact));
    std::string input = compact.substr(0, compact.rfind('.'));
    ASSERT_NE(input.find_first_of("-_"), std::string::npos);
    std::replace(input.begin(), input.end(), '-', '+');
    std::replace(input.begin(), input.end(), '_', '/');
    EXPECT_FALSE(accepted(with_signature(input, key)));
}

TEST(jwt_forgery, refuses_repeated_members) {
    EXPECT_FALSE(accepted(signed_token(good_claims, key, R"({"alg":"HS256","alg":"HS256"})")));
    EXPECT_FALSE(accepted(signed_token(good_claims, key, R"({"alg":"none","alg":"HS256"})")));
    for (const std::string claims :
         {R"({"iss":"b","iss":"a","exp":2000})", R"({"iss":"a","exp":1,"exp":2000})",
          R"({"iss":"a","exp":2000,"x":1,"x":1})", R"({"iss":"a","exp":2000,"\u0069ss":"b"})",
          R"({"iss":"a","exp":2000,"x":[{"y":1,"y":2}]})",
          R"({"iss":"a","exp":2000,"context":{"room_id":1,"room_id":2}})",
          R"({"iss":"a","exp":2000,"":1,"":2})",
          R"({"\u0069ss":"b","\u0073ub":"1","iss":"a","exp":2000})",
          R"({"\u0069ss":"b","\u0073ub":"1","\u0069ss":"a","exp":2000})"})
        EXPECT_FALSE(accepted(signed_token(claims, key))) << claims;
    EXPECT_TRUE(accepted(signed_token(R"({"iss":"a","exp":2000,"x":{"y":1},"z":{"y":1}})", key)));
}

TEST(jwt_forgery, refuses_headers_that_ask_for_more) {
    for (const std::string header :
         {R"({"alg":"HS256","crit":["exp"]})", R"({"alg":"HS256","crit":[]})",
          R"({"alg":"HS256","crit":null})", R"({"alg":"HS256","typ":"JWE"})",
          R"({"alg":"HS256","typ":1})", R"({"alg":"HS256","typ":null})"})
        EXPECT_FALSE(accepted(signed_token(good_claims, key, header))) << header;
}

TEST(jwt_forgery, refuses_claims_that_are_no_object_or_name_no_issuer) {
    for (const std::string claims :
         {"[]", "1", "null", R"("iss")", "", "{", R"({"exp":2000})", R"({"iss":"","exp":2000})",
          R"({"iss":null,"exp":2000})", R"({"iss":1,"exp":2000})", R"({"iss":["a"],"exp":2000})",
          R"({"iss":"a","exp":2000} )"
          "x",
          R"({"iss":"a","exp":2000,})", "{'iss':'a'}", "{\"iss\":\"\xFF\",\"exp\":2000}"})
        EXPECT_FALSE(accepted(signed_token(claims, key))) << claims;
}

TEST(jwt_forgery, refuses_times_that_are_texts) {
    EXPECT_FALSE(accepted(signed_token(R"({"iss":"a","exp":"2000"})", key)));
    EXPECT_FALSE(accepted(signed_token(R"({"iss":"a","exp":2000,"iat":"1000"})", key)));
    EXPECT_FALSE(accepted(signed_token(R"({"iss":"a","exp":2000,"nbf":"1000"})", key)));
}

TEST(jwt_forgery, refuses_an_expired_token) {
    EXPECT_EQ(flaw_of(good_claims, 1999s), std::nullopt);
    EXPECT_EQ(flaw_of(good_claims, 2000s), jwt_flaw::expired);
    EXPECT_EQ(flaw_of(good_claims, 2009s, 10s), std::nullopt);
    EXPECT_EQ(flaw_of(good_claims, 2010s, 10s), jwt_flaw::expired);
    EXPECT_EQ(flaw_of(R"({"iss":"a"})"), jwt_flaw::expired);
}

TEST(jwt_forgery, refuses_a_token_from_the_future) {
    EXPECT_EQ(flaw_of(good_claims, 999s), jwt_flaw::not_yet_valid);
    EXPECT_EQ(flaw_of(good_claims, 990s, 10s), std::nullopt);
    EXPECT_EQ(flaw_of(good_claims, 989s, 10s), jwt_flaw::not_yet_valid);
    constexpr std::string_view later = R"({"iss":"a","nbf":1600,"exp":2000})";
    EXPECT_EQ(flaw_of(later), jwt_flaw::not_yet_valid);
    EXPECT_EQ(flaw_of(later, 1590s, 10s), std::nullopt);
}

TEST(jwt_forgery, says_nothing_about_time_when_the_signature_is_wrong) {
    const auto token = unverified_token::parse(signed_token(R"({"iss":"a","exp":1})", "wrong"));
    ASSERT_TRUE(token);
    EXPECT_EQ(std::get<jwt_flaw>(verify(*token, key, now, 0s)), jwt_flaw::bad_signature);
}

TEST(jwt_forgery, refuses_a_token_that_is_too_large) {
    const auto with_jti = [](std::size_t length) {
        return signed_token(R"({"iss":"a","exp":2000,"jti":")" + std::string(length, 'x') + "\"}",
                            key);
    };
    const std::string large = with_jti(6000);
    ASSERT_LE(large.size(), 8192U);
    EXPECT_TRUE(accepted(large));
    const std::string larger = with_jti(6200);
    ASSERT_GT(larger.size(), 8192U);
    EXPECT_FALSE(accepted(larger));
}

TEST(jwt_forgery, refuses_a_crowd_of_members_and_deep_nesting) {
    std::string crowd = R"({"iss":"a","exp":2000)";
    for (int i = 0; i < 100; ++i)
        crowd += ",\"m" + std::to_string(i) + "\":1";
    EXPECT_FALSE(accepted(signed_token(crowd + "}", key)));
    const std::string nested = std::string(1000, '[') + std::string(1000, ']');
    EXPECT_FALSE(accepted(signed_token(R"({"iss":"a","exp":2000,"x":)" + nested + "}", key)));
    std::string objects = R"({"iss":"a","exp":2000,"x":)";
    for (int i = 0; i < 40; ++i)
        objects += "{\"y\":";
    EXPECT_FALSE(accepted(signed_token(objects + "1" + std::string(41, '}'), key)));
}

}  // namespace
}  // namespace hipchat::protocol
