#include "host/inspector/redact.hpp"

#include <gtest/gtest.h>

namespace hipchat::host {
namespace {

TEST(redaction, hides_secrets_and_tokens_in_json_however_deep) {
    const std::string shown = redact_body(
        R"({"oauthId":"id","oauthSecret":"s3cret","a":[{"access_token":"t0ken","x":1}]})");
    EXPECT_EQ(shown, R"({"oauthId":"id","oauthSecret":"…","a":[{"access_token":"…","x":1}]})");
}

TEST(redaction, hides_secrets_in_a_form) {
    EXPECT_EQ(redact_body("grant_type=password&password=p4ss&username=ada"),
              "grant_type=password&password=…&username=ada");
}

TEST(redaction, shows_nothing_of_text_that_may_hold_a_secret) {
    const std::string shown = redact_body(R"({"access_token":"t0ken", broken)");
    EXPECT_EQ(shown.find("t0ken"), std::string::npos);
}

TEST(redaction, leaves_harmless_text_alone) {
    EXPECT_EQ(redact_body("the add-on says no"), "the add-on says no");
    EXPECT_EQ(redact_body(""), "");
}

TEST(redaction, cuts_long_bodies_between_characters) {
    std::string body;
    while (body.size() <= longest_shown)
        body += "ä€";
    const std::string shown = redact_body(body);
    EXPECT_LE(shown.size(), longest_shown);
    EXPECT_GT(shown.size(), longest_shown - 4);
    EXPECT_EQ(body.substr(0, shown.size()), shown);
}

TEST(redaction, does_not_show_bytes_that_are_no_text) {
    EXPECT_EQ(redact_body("\xff\xfe"), "(not text)");
}

TEST(redaction, hides_tokens_in_the_query_and_the_path_of_a_url) {
    EXPECT_EQ(redact_url("http://a/event?name=x&signed_request=eyJ&auth_token=t&y=1"),
              "http://a/event?name=x&signed_request=…&auth_token=…&y=1");
    EXPECT_EQ(redact_url("/v2/oauth/token/t0ken?auth_token=t0ken"),
              "/v2/oauth/token/…?auth_token=…");
    EXPECT_EQ(redact_url("http://a/plain"), "http://a/plain");
}

}  // namespace
}  // namespace hipchat::host
