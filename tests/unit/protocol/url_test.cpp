#include "protocol/url.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace hipchat::protocol {
namespace {

TEST(web_url, takes_an_url_apart) {
    const auto url = parse_web_url("https://Host.Example:8443/v2/room%20x?a=1&b=%32");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "host.example");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/v2/room%20x");
    EXPECT_EQ(url->query, "a=1&b=%32");
    EXPECT_EQ(url->origin(), "https://host.example:8443");
}

struct same_origin {
    std::string url;
    std::string origin;
};

TEST(web_url, has_one_text_for_one_origin) {
    const std::array<same_origin, 9> cases = {{
        {"HTTP://EXAMPLE.test", "http://example.test"},
        {"http://example.test:80/x", "http://example.test"},
        {"http://example.test:/x", "http://example.test"},
        {"https://example.test:443", "https://example.test"},
        {"https://example.test:80", "https://example.test:80"},
        {"http://[::1]:8080/", "http://[::1]:8080"},
        {"http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080"},
        {"http://[2001:DB8::0001]/", "http://[2001:db8::1]"},
        {"http://127.0.0.1:5000/x", "http://127.0.0.1:5000"},
    }};
    for (const same_origin& each : cases) {
        const auto url = parse_web_url(each.url);
        ASSERT_TRUE(url) << each.url;
        EXPECT_EQ(url->origin(), each.origin);
        EXPECT_EQ(parse_web_url(url->origin())->origin(), each.origin);
    }
}

TEST(web_url, has_a_path_and_a_port_even_when_none_is_given) {
    const auto url = parse_web_url("http://a");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->path, "/");
    EXPECT_EQ(url->port, 80);
    EXPECT_EQ(url->query, "");
}

TEST(web_url, keeps_odd_spellings_of_addresses_as_names) {
    for (const std::string host : {"2130706433", "0x7f000001", "0177.0.0.1", "127.1"}) {
        const auto url = parse_web_url("http://" + host + "/");
        ASSERT_TRUE(url) << host;
        EXPECT_EQ(url->host, host);
    }
}

TEST(web_url, refuses_everything_else) {
    for (const std::string text : {"",
                                   "/relative",
                                   "//host/x",
                                   "ftp://host/",
                                   "javascript:alert(1)",
                                   "data:text/html,x",
                                   "http:",
                                   "http://",
                                   "http:///x",
                                   "http://user@host/",
                                   "http://user:pass@host/",
                                   "http://host/#part",
                                   "http://host:0/",
                                   "http://host:65536/",
                                   "http://host:99999999999/",
                                   "http://host:port/",
                                   "http://host:80x",
                                   "http://host:x@other/",
                                   "http://host:80.evil.example/",
                                   "http://host:80evil/",
                                   "http://ho st/",
                                   "http://host/ x",
                                   "http://h%6fst/",
                                   "http://[::1",
                                   "http://[fe80::1%25e]/",
                                   "http://[v1.x]/",
                                   "http://host\r\n/",
                                   "http://h\xC3\xB6st/",
                                   "http://host/\xC3\xB6",
                                   "http://-{x}/",
                                   "http://host/{x}",
                                   " http://host/"})
        EXPECT_FALSE(parse_web_url(text)) << text;
}

TEST(join_url, puts_exactly_one_slash_between) {
    for (const std::string base : {"http://a/v2", "http://a/v2/", "http://a/v2//"})
        for (const std::string path : {"room/1", "/room/1", "//room/1"})
            EXPECT_EQ(join_url(base, path), "http://a/v2/room/1");
    EXPECT_EQ(join_url("http://a", ""), "http://a/");
}

TEST(percent_encode, leaves_only_unreserved_characters) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a b/c?d&e=%\xC3\xA4+"), "a%20b%2Fc%3Fd%26e%3D%25%C3%A4%2B");
}

TEST(form_value, decodes_the_first_occurrence) {
    EXPECT_EQ(form_value("a=1&b=x+y%21&b=2", "b"), "x y!");
    EXPECT_EQ(form_value("a=1&%62=2", "b"), "2");
    EXPECT_EQ(form_value("flag&b=", "flag"), "");
    EXPECT_EQ(form_value("flag&b=", "b"), "");
    EXPECT_EQ(form_value("b=c=d", "b"), "c=d");
}

TEST(form_value, is_empty_when_absent_or_badly_encoded) {
    for (const std::string form : {"", "a=1", "bb=1", "b=%", "b=%4", "b=%zz", "&&", "=b"})
        EXPECT_FALSE(form_value(form, "b")) << form;
}

TEST(loopback_name, knows_the_names_of_this_machine) {
    for (const std::string name :
         {"localhost", "LOCALHOST", "a.localhost", "localhost.", "127.0.0.1", "127.8.9.10", "::1"})
        EXPECT_TRUE(is_loopback_name(name)) << name;
    for (const std::string name : {"", "localhost.example", "mylocalhost", "128.0.0.1",
                                   "127.0.0.1.example", "::2", "0.0.0.0", "2130706433"})
        EXPECT_FALSE(is_loopback_name(name)) << name;
}

}  // namespace
}  // namespace hipchat::protocol
