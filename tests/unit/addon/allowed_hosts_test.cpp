// Which hosts AC_ALLOWED_HOSTS lets install.

#include "addon/allowed_hosts.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"
#include "support/contains.hpp"

namespace hipchat::addons {
namespace {

using testing::contains;

constexpr const char* public_base = "https://addon.example.com";
constexpr const char* local_base = "http://localhost:5000";

bool allows(const allowed_hosts& hosts, const char* url) {
    return !hosts.policy().refusal(url).has_value();
}

TEST(allowed_hosts, are_public_https_hosts_by_default) {
    const allowed_hosts hosts("", public_base);
    EXPECT_TRUE(allows(hosts, "https://chat.example.com/v2/capabilities"));
    EXPECT_FALSE(allows(hosts, "http://chat.example.com/v2/capabilities"));
    EXPECT_FALSE(allows(hosts, "http://localhost:8080/v2/capabilities"));
    EXPECT_FALSE(allows(hosts, "http://127.0.0.1:8080/v2/capabilities"));
    EXPECT_FALSE(allows(hosts, "http://169.254.169.254/latest/meta-data"));
    EXPECT_FALSE(allows(hosts, "https://10.0.0.1/v2/capabilities"));
    EXPECT_FALSE(hosts.loopback_by_default());
}

TEST(allowed_hosts, include_this_machine_while_the_base_url_is_on_it) {
    const allowed_hosts hosts("", local_base);
    EXPECT_TRUE(hosts.loopback_by_default());
    EXPECT_TRUE(allows(hosts, "http://localhost:8080/v2/capabilities"));
    EXPECT_TRUE(allows(hosts, "http://127.0.0.1:8080/v2/capabilities"));
    EXPECT_TRUE(allows(hosts, "https://chat.example.com/v2/capabilities"));
    EXPECT_FALSE(allows(hosts, "http://10.0.0.1/v2/capabilities"));
}

TEST(allowed_hosts, are_only_those_that_are_listed) {
    const allowed_hosts hosts("chat.example.com, *.example.org\n10.0.0.1", local_base);
    EXPECT_FALSE(hosts.loopback_by_default());
    EXPECT_TRUE(allows(hosts, "https://chat.example.com/c"));
    EXPECT_TRUE(allows(hosts, "http://chat.example.com:8080/c"));
    EXPECT_TRUE(allows(hosts, "https://a.example.org/c"));
    EXPECT_TRUE(allows(hosts, "https://a.b.example.org/c"));
    EXPECT_TRUE(allows(hosts, "http://10.0.0.1/c"));
    EXPECT_FALSE(allows(hosts, "https://example.org/c"));
    EXPECT_FALSE(allows(hosts, "https://evilexample.org/c"));
    EXPECT_FALSE(allows(hosts, "https://chat.example.com.evil.test/c"));
    EXPECT_FALSE(allows(hosts, "https://other.example.com/c"));
    EXPECT_FALSE(allows(hosts, "http://localhost:8080/c"));
}

TEST(allowed_hosts, mind_the_port_and_scheme_that_an_entry_has) {
    const allowed_hosts with_port("chat.example.com:8443", public_base);
    EXPECT_TRUE(allows(with_port, "https://chat.example.com:8443/c"));
    EXPECT_FALSE(allows(with_port, "https://chat.example.com/c"));
    const allowed_hosts origin("http://10.0.0.1:8080", public_base);
    EXPECT_TRUE(allows(origin, "http://10.0.0.1:8080/c"));
    EXPECT_FALSE(allows(origin, "https://10.0.0.1:8080/c"));
    EXPECT_FALSE(allows(origin, "http://10.0.0.1/c"));
}

TEST(allowed_hosts, may_be_numeric_addresses_of_either_kind) {
    const allowed_hosts hosts("[::1]:8080 http://[fd00::1]", public_base);
    EXPECT_TRUE(allows(hosts, "http://[::1]:8080/c"));
    EXPECT_FALSE(allows(hosts, "http://[::1]:8081/c"));
    EXPECT_TRUE(allows(hosts, "http://[fd00::1]/c"));
}

TEST(allowed_hosts, belong_together_only_when_joined) {
    const allowed_hosts hosts("https://a.test+https://b.test:8443 https://c.test", public_base);
    EXPECT_TRUE(hosts.together("https://a.test", "https://a.test"));
    EXPECT_TRUE(hosts.together("https://a.test", "https://b.test:8443"));
    EXPECT_TRUE(hosts.together("https://b.test:8443", "https://a.test"));
    EXPECT_FALSE(hosts.together("https://a.test", "https://b.test"));
    EXPECT_FALSE(hosts.together("https://a.test", "https://c.test"));
    EXPECT_TRUE(allows(hosts, "https://a.test/c"));
    EXPECT_TRUE(allows(hosts, "https://b.test:8443/c"));
    EXPECT_TRUE(allows(hosts, "https://c.test/c"));
    EXPECT_FALSE(allows(hosts, "https://d.test/c"));
}

TEST(allowed_hosts, name_the_entry_that_cannot_be_read) {
    for (const char* entry :
         {"https://chat.example.com/path", "ftp://chat.example.com", "https://a.test+b.test",
          "https://a.test+", "chat.example.com/path", "a*.example.com", "*.*.example.com", "*.",
          "user@chat.example.com", "https://a.test?x=1"}) {
        try {
            const allowed_hosts hosts(std::string("ok.example.com ") + entry, public_base);
            FAIL() << entry << " was accepted";
        } catch (const config_error& refused) {
            EXPECT_TRUE(contains(refused.what(), "AC_ALLOWED_HOSTS")) << entry;
        }
    }
}

}  // namespace
}  // namespace hipchat::addons
