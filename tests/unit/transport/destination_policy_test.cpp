#include "transport/destination_policy.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hipchat::transport {
namespace {

bool refuses(const destination_policy& policy, const std::string& url, bool by_proxy = false) {
    const auto reason = policy.refusal(url, by_proxy);
    EXPECT_TRUE(!reason || reason->ends_with('.'));
    return reason.has_value();
}

listed_destination host_named(std::string name) {
    listed_destination listed;
    listed.host = std::move(name);
    return listed;
}

TEST(a_policy_without_options, asks_public_https_hosts_and_nobody_else) {
    const destination_policy policy;
    EXPECT_FALSE(refuses(policy, "https://api.example.com/v2/"));
    EXPECT_FALSE(refuses(policy, "https://8.8.8.8/"));
    EXPECT_TRUE(refuses(policy, "http://api.example.com/"));
    EXPECT_TRUE(refuses(policy, "https://localhost/"));
    EXPECT_TRUE(refuses(policy, "https://a.localhost/"));
    EXPECT_TRUE(refuses(policy, "https://LOCALHOST/"));
    EXPECT_TRUE(refuses(policy, "https://localhost./"));
    EXPECT_TRUE(refuses(policy, "https://127.0.0.1/"));
    EXPECT_TRUE(refuses(policy, "https://127.9.9.9:8443/"));
    EXPECT_TRUE(refuses(policy, "https://[::1]/"));
    EXPECT_TRUE(refuses(policy, "https://[::ffff:127.0.0.1]/"));
    EXPECT_TRUE(refuses(policy, "https://10.0.0.1/"));
    EXPECT_TRUE(refuses(policy, "https://169.254.169.254/latest/meta-data/"));
}

TEST(a_policy_without_options, refuses_what_is_no_web_url) {
    const destination_policy policy;
    for (const char* url :
         {"", "/path", "ftp://example.com/", "file:///etc/passwd", "https://", "https://user@host/",
          "https://example.com/#f", "gopher://example.com/", "javascript:alert(1)",
          "https://exa mple.com/", "https://example.com\r\n/"})
        EXPECT_TRUE(refuses(policy, url)) << url;
}

TEST(a_policy_without_options, admits_public_addresses_only) {
    const destination_policy policy;
    const std::string url = "https://api.example.com/";
    EXPECT_TRUE(policy.admits_address(url, "8.8.8.8"));
    EXPECT_TRUE(policy.admits_address(url, "2606:4700::1111"));
    for (const char* numeric :
         {"127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0",
          "100.64.0.1", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", ""})
        EXPECT_FALSE(policy.admits_address(url, numeric)) << numeric;
}

TEST(a_policy_with_loopback, reaches_this_machine_by_its_own_names_only) {
    destination_policy policy;
    policy.allow_loopback();
    EXPECT_FALSE(refuses(policy, "http://localhost:5000/"));
    EXPECT_FALSE(refuses(policy, "http://127.0.0.1:5000/"));
    EXPECT_FALSE(refuses(policy, "http://[::1]:5000/"));
    EXPECT_TRUE(policy.admits_address("http://localhost:5000/", "127.0.0.1"));
    EXPECT_TRUE(policy.admits_address("http://localhost:5000/", "::1"));
    EXPECT_TRUE(policy.admits_address("http://127.0.0.1/", "127.0.0.1"));
    // Rebinding: a name that somebody else's DNS leads here.
    EXPECT_FALSE(policy.admits_address("https://evil.example/", "127.0.0.1"));
    EXPECT_FALSE(policy.admits_address("https://evil.example/", "::ffff:127.0.0.1"));
    EXPECT_FALSE(policy.admits_address("https://2130706433/", "127.0.0.1"));
    EXPECT_FALSE(policy.admits_address("https://localhost.evil.example/", "127.0.0.1"));
}

TEST(a_policy_with_loopback, keeps_local_names_at_home) {
    destination_policy policy;
    policy.allow_loopback();
    EXPECT_FALSE(policy.admits_address("http://localhost/", "8.8.8.8"));
    EXPECT_FALSE(policy.admits_address("http://localhost/", "10.0.0.1"));
}

TEST(a_policy_with_loopback, still_asks_others_by_https_only) {
    destination_policy policy;
    policy.allow_loopback();
    EXPECT_TRUE(refuses(policy, "http://api.example.com/"));
    EXPECT_FALSE(policy.admits_address("http://api.example.com/", "8.8.8.8"));
    EXPECT_FALSE(policy.admits_address("https://api.example.com/", "192.168.1.1"));
}

TEST(a_policy_with_plain_http, asks_public_hosts_by_http) {
    destination_policy policy;
    policy.allow_plain_http();
    EXPECT_FALSE(refuses(policy, "http://api.example.com/"));
    EXPECT_TRUE(policy.admits_address("http://api.example.com/", "8.8.8.8"));
    EXPECT_FALSE(policy.admits_address("http://api.example.com/", "10.0.0.1"));
    EXPECT_TRUE(refuses(policy, "http://localhost/"));
}

TEST(a_listed_host, may_have_any_address_and_plain_http) {
    destination_policy policy;
    policy.allow(host_named("chat.example.com"));
    EXPECT_FALSE(refuses(policy, "http://chat.example.com/"));
    EXPECT_FALSE(refuses(policy, "http://CHAT.example.com:8080/"));
    EXPECT_TRUE(policy.admits_address("http://chat.example.com/", "10.0.0.1"));
    EXPECT_TRUE(policy.admits_address("http://chat.example.com/", "127.0.0.1"));
    EXPECT_FALSE(policy.admits_address("https://other.example.com/", "10.0.0.1"));
    EXPECT_TRUE(refuses(policy, "http://chat.example.com.evil.example/"));
}

TEST(a_listed_host, matches_by_scheme_and_port_where_given) {
    const listed_destination exact{"https", "chat.example.com", "8443"};
    EXPECT_TRUE(exact.matches("https", "chat.example.com", "8443"));
    EXPECT_FALSE(exact.matches("http", "chat.example.com", "8443"));
    EXPECT_FALSE(exact.matches("https", "chat.example.com", "443"));
    const listed_destination default_port{"", "chat.example.com", "443"};
    destination_policy policy;
    policy.only_listed().allow(default_port);
    EXPECT_FALSE(refuses(policy, "https://chat.example.com/"));
    EXPECT_TRUE(refuses(policy, "https://chat.example.com:444/"));
}

TEST(a_listed_pattern, stands_for_one_or_more_labels) {
    const listed_destination below = host_named("*.example.com");
    EXPECT_TRUE(below.matches("https", "a.example.com", "443"));
    EXPECT_TRUE(below.matches("https", "a.b.Example.COM", "443"));
    EXPECT_TRUE(below.matches("https", "a.example.com.", "443"));
    EXPECT_FALSE(below.matches("https", "example.com", "443"));
    EXPECT_FALSE(below.matches("https", ".example.com", "443"));
    EXPECT_FALSE(below.matches("https", "badexample.com", "443"));
    EXPECT_FALSE(below.matches("https", "a.example.com.evil", "443"));
}

TEST(a_listed_host, may_be_an_ipv6_address_with_or_without_brackets) {
    EXPECT_TRUE(host_named("[fd00::5]").matches("http", "fd00::5", "80"));
    EXPECT_TRUE(host_named("fd00::5").matches("http", "fd00::5", "80"));
}

TEST(only_listed, leaves_no_other_public_host) {
    destination_policy policy;
    policy.only_listed().allow(host_named("chat.example.com"));
    EXPECT_FALSE(refuses(policy, "https://chat.example.com/"));
    EXPECT_TRUE(refuses(policy, "https://api.example.com/"));
    EXPECT_FALSE(policy.admits_address("https://api.example.com/", "8.8.8.8"));
    EXPECT_TRUE(refuses(policy, "http://localhost/"));
    policy.allow_loopback();
    EXPECT_FALSE(refuses(policy, "http://localhost/"));
    EXPECT_TRUE(policy.admits_address("http://localhost/", "127.0.0.1"));
}

TEST(through_a_proxy, only_listed_hosts_are_asked_for) {
    destination_policy policy;
    policy.allow_loopback().allow(host_named("chat.example.com"));
    EXPECT_FALSE(refuses(policy, "https://chat.example.com/", true));
    EXPECT_TRUE(refuses(policy, "https://api.example.com/", true));
    EXPECT_TRUE(refuses(policy, "http://localhost/", true));
}

}  // namespace
}  // namespace hipchat::transport
