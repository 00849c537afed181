// Whose pages may read a glance.

#include "addon/cors.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

storage::tenant chat() {
    storage::tenant tenant;
    tenant.capabilities_url = "https://api.chat.test/v2/capabilities";
    tenant.homepage = "https://chat.test/";
    return tenant;
}

// proves: addon 6.1 CORS
TEST(cors, a_listed_host_and_all_below_it_may_read) {
    const cors_rule rule("example.com, .hipchat.com");
    EXPECT_EQ(rule.allowed_origin("https://example.com", chat()), "https://example.com");
    EXPECT_EQ(rule.allowed_origin("https://a.example.com:8443", chat()),
              "https://a.example.com:8443");
    EXPECT_EQ(rule.allowed_origin("https://chat.hipchat.com", chat()), "https://chat.hipchat.com");
    EXPECT_EQ(rule.allowed_origin("https://hipchat.com", chat()), "https://chat.test");
    EXPECT_EQ(rule.allowed_origin("https://evilexample.com", chat()), "https://chat.test");
}

TEST(cors, whoever_is_not_listed_is_told_the_tenants_origin) {
    const cors_rule rule(".hipchat.com");
    for (const char* origin :
         {"https://evilhipchat.com", "http://chat.hipchat.com",
          "https://chat.hipchat.com.evil.test", "https://chat.hipchat.com@evil.test",
          "https://chat.hipchat.com/", "null", "", "*", "https://CHAT.hipchat.com"})
        EXPECT_EQ(rule.allowed_origin(origin, chat()), "https://chat.test") << origin;
    EXPECT_EQ(cors_rule("").allowed_origin("https://evil.test", chat()), "https://chat.test");
}

TEST(cors, everybody_may_read_only_if_a_star_says_so) {
    EXPECT_EQ(cors_rule("*").allowed_origin("https://evil.test", chat()), "*");
    EXPECT_EQ(cors_rule("* example.com").allowed_origin("https://example.com", chat()),
              "https://example.com");
}

TEST(cors, a_loopback_page_may_be_a_plain_one) {
    const cors_rule rule("localhost");
    EXPECT_EQ(rule.allowed_origin("http://localhost:8080", chat()), "http://localhost:8080");
}

TEST(cors, a_tenant_without_a_homepage_is_known_by_its_document) {
    storage::tenant plain = chat();
    plain.homepage.clear();
    EXPECT_EQ(cors_rule("").allowed_origin("", plain), "https://api.chat.test");
    plain.capabilities_url = "not a URL";
    EXPECT_EQ(cors_rule("").allowed_origin("", plain), "");
}

TEST(cors, an_entry_that_is_no_host_is_refused_by_name) {
    for (const char* entry :
         {"https://example.com", "example.com/", "exa mple.com:1", "a@b", "EX.com"})
        EXPECT_THROW(cors_rule{entry}, config_error) << entry;
}

TEST(cors, the_answer_varies_with_the_origin) {
    const cors_rule rule("");
    inbound request;
    reply answered;
    rule.apply(answered, request, chat());
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"Access-Control-Allow-Origin", "https://chat.test"}, {"Vary", "Origin"}};
    EXPECT_EQ(answered.headers, expected);
}

}  // namespace
}  // namespace hipchat::addons
