#include "protocol/capabilities.hpp"

#include <gtest/gtest.h>

#include <string>

#include "fixture.hpp"
#include "hipchat/errors.hpp"

namespace hipchat::protocol {
namespace {

TEST(capabilities, reads_the_sample) {
    const host_capabilities host = parse_host_capabilities(test::fixture("host.capabilities.json"));
    EXPECT_EQ(host.name, "HipChat");
    EXPECT_EQ(host.self, "https://hipchat.example.test/v2/capabilities");
    EXPECT_EQ(host.api, "https://hipchat.example.test/v2");
    EXPECT_EQ(host.homepage, "https://hipchat.example.test");
    EXPECT_EQ(host.api_provider_url, "https://hipchat.example.test/v2/");
    EXPECT_EQ(host.token_url, "https://hipchat.example.test/v2/oauth/token");
    EXPECT_EQ(host.authorization_url, "https://hipchat.example.test/users/authorize");
}

TEST(capabilities, writes_the_sample_but_for_its_author) {
    json::object written = write_host_capabilities("https://hipchat.example.test");
    json::object sample = test::fixture_json("host.capabilities.json").get_object();
    for (json::object* document : {&written, &sample}) {
        document->erase("vendor");
        document->erase("description");
    }
    EXPECT_EQ(written, sample);
}

TEST(capabilities, reads_what_it_writes) {
    const std::string text = json::serialize(write_host_capabilities("http://localhost:8080"));
    const host_capabilities host = parse_host_capabilities(text);
    EXPECT_EQ(host.self, "http://localhost:8080/v2/capabilities");
    EXPECT_EQ(host.token_url, "http://localhost:8080/v2/oauth/token");
}

// The smallest document, with `from` replaced.
std::string document(const std::string& from = "", const std::string& to = "") {
    std::string text = R"({"links":{"self":"http://h/v2/capabilities"},"capabilities":)"
                       R"({"hipchatApiProvider":{"url":"http://h/v2"},)"
                       R"("oauth2Provider":{"tokenUrl":"http://h/v2/oauth/token"}}})";
    if (!from.empty()) text.replace(text.find(from), from.size(), to);
    return text;
}

std::string refused_member(const std::string& text) {
    try {
        parse_host_capabilities(text);
        return "none";
    } catch (const protocol_error& error) {
        return error.field();
    }
}

TEST(capabilities, needs_only_what_an_install_needs) {
    const host_capabilities host = parse_host_capabilities(document());
    EXPECT_EQ(host.api_provider_url, "http://h/v2/");
    EXPECT_EQ(host.api, "");
    EXPECT_EQ(host.name, "");
}

TEST(capabilities, names_the_member_that_is_wrong) {
    EXPECT_EQ(refused_member(document(R"("self":)", R"("me":)")), "links.self");
    EXPECT_EQ(refused_member(document(R"("links":)", R"("x":)")), "links");
    EXPECT_EQ(refused_member(document(R"("http://h/v2/capabilities")", "1")), "links.self");
    EXPECT_EQ(refused_member(document(R"("tokenUrl":)", R"("x":)")),
              "capabilities.oauth2Provider.tokenUrl");
    EXPECT_EQ(refused_member(document("http://h/v2/oauth", "ftp://h/v2/oauth")),
              "capabilities.oauth2Provider.tokenUrl");
    EXPECT_EQ(refused_member(document(R"("url":"http://h/v2")", R"("url":"/v2")")),
              "capabilities.hipchatApiProvider.url");
    EXPECT_EQ(refused_member(document(R"("links":{)", R"("links":[],"x":{)")), "links");
    EXPECT_EQ(refused_member("[]"), "");
}

}  // namespace
}  // namespace hipchat::protocol
