// Whose word about the sender of a request counts, and when none does.

#include "transport/trusted_proxies.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::transport {
namespace {

using headers = std::vector<header>;

std::string sender(const headers& given, const char* setting = "10.0.0.0/8") {
    http_request request;
    request.peer = "10.0.0.1";
    request.headers = given;
    return trusted_proxies(setting).sender_of(request);
}

TEST(trusted_proxies, are_addresses_and_blocks) {
    const trusted_proxies some("10.0.0.0/8, ::1\t192.0.2.7");
    EXPECT_TRUE(some.contain("10.9.9.9"));
    EXPECT_TRUE(some.contain("::1"));
    EXPECT_TRUE(some.contain("192.0.2.7"));
    EXPECT_FALSE(some.contain("192.0.2.8"));
    EXPECT_FALSE(trusted_proxies("").contain("127.0.0.1"));
    EXPECT_TRUE(trusted_proxies(" , ").empty());
    EXPECT_THROW(trusted_proxies("10.0.0.0/8 proxy.local"), config_error);
}

TEST(trusted_proxies, name_the_last_address_that_is_not_theirs) {
    EXPECT_EQ(sender({{"X-Forwarded-For", "203.0.113.9"}}), "203.0.113.9");
    EXPECT_EQ(sender({{"x-forwarded-for", "203.0.113.9, 10.0.0.3"}}), "203.0.113.9");
    // Whatever the sender has written itself stands before that.
    EXPECT_EQ(sender({{"X-Forwarded-For", "198.51.100.1, 203.0.113.9"}}), "203.0.113.9");
    EXPECT_EQ(sender({{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-For", "203.0.113.9"}}),
              "203.0.113.9");
    EXPECT_EQ(sender({{"X-Forwarded-For", "10.0.0.9, 10.0.0.3"}}), "10.0.0.9");
}

TEST(trusted_proxies, may_speak_the_standard_header) {
    EXPECT_EQ(sender({{"Forwarded", "for=203.0.113.9;proto=https;by=10.0.0.1"}}), "203.0.113.9");
    EXPECT_EQ(sender({{"Forwarded", "for=\"[2001:db8::1]:4711\", For=10.0.0.3"}}), "2001:db8::1");
    EXPECT_EQ(sender({{"Forwarded", "proto=https"}}), "10.0.0.1");
    EXPECT_EQ(sender({{"Forwarded", "for=unknown"}}), "10.0.0.1");
}

TEST(trusted_proxies, are_not_believed_when_their_headers_make_no_sense) {
    EXPECT_EQ(sender({}), "10.0.0.1");
    EXPECT_EQ(sender({{"X-Forwarded-For", ""}}), "10.0.0.1");
    EXPECT_EQ(sender({{"X-Forwarded-For", "203.0.113.9, unknown"}}), "10.0.0.1");
    EXPECT_EQ(sender({{"X-Forwarded-For", "203.0.113.9, unknown, 10.0.0.3"}}), "10.0.0.3");
}

TEST(trusted_proxies, are_not_believed_when_their_headers_disagree) {
    // A proxy that writes one of the two lets through what a stranger wrote into the other.
    EXPECT_EQ(sender({{"X-Forwarded-For", "203.0.113.9"}, {"Forwarded", "for=198.51.100.1"}}),
              "10.0.0.1");
    EXPECT_EQ(sender({{"X-Forwarded-For", "203.0.113.9"}, {"Forwarded", "for=203.0.113.9"}}),
              "203.0.113.9");
}

}  // namespace
}  // namespace hipchat::transport
