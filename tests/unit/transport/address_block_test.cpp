// Addresses and blocks of them, as settings and forwarded headers write them.

#include "transport/address_block.hpp"

#include <gtest/gtest.h>

namespace hipchat::transport {
namespace {

bool within(std::string_view block, std::string_view address) {
    const auto parsed = address_block::parse(block);
    EXPECT_TRUE(parsed) << block;
    return parsed && parsed->contains(address);
}

TEST(address_block, contains_what_begins_with_its_bits) {
    EXPECT_TRUE(within("10.0.0.0/8", "10.200.3.4"));
    EXPECT_FALSE(within("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(within("192.0.2.128/25", "192.0.2.255"));
    EXPECT_FALSE(within("192.0.2.128/25", "192.0.2.127"));
    EXPECT_TRUE(within("0.0.0.0/0", "203.0.113.9"));
    EXPECT_FALSE(within("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(within("2001:db8::/32", "2001:db8:ffff::1"));
    EXPECT_FALSE(within("2001:db8::/32", "2001:db9::1"));
}

TEST(address_block, may_be_one_address) {
    EXPECT_TRUE(within("127.0.0.1", "127.0.0.1"));
    EXPECT_FALSE(within("127.0.0.1", "127.0.0.2"));
    EXPECT_TRUE(within("::1", "0:0:0:0:0:0:0:1"));
    EXPECT_TRUE(within("fe80::1", "fe80::1%eth0"));
}

TEST(address_block, takes_a_mapped_address_for_the_one_it_maps) {
    EXPECT_TRUE(within("10.0.0.0/8", "::ffff:10.1.2.3"));
    EXPECT_TRUE(within("::ffff:10.0.0.0/104", "10.1.2.3"));
}

TEST(address_block, refuses_what_is_none) {
    for (const char* wrong :
         {"", "proxy", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "::/129",
          "10.0.0.0/8/8", "1.2.3.4:80", "10.0.0.0/4294967200"})
        EXPECT_FALSE(address_block::parse(wrong)) << wrong;
    EXPECT_FALSE(address_block::parse(std::string_view("10.0.0.1\0x", 10)));
    EXPECT_FALSE(within("10.0.0.0/8", "10.1.2.3x"));
    EXPECT_FALSE(within("10.0.0.0/8", ""));
}

TEST(address_in, finds_it_with_and_without_a_port) {
    EXPECT_EQ(address_in("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(address_in("192.0.2.1:4711"), "192.0.2.1");
    EXPECT_EQ(address_in("2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(address_in("[2001:db8::1]:4711"), "2001:db8::1");
    EXPECT_EQ(address_in("[2001:db8::1]"), "2001:db8::1");
    for (const char* wrong : {"", "unknown", "_hidden", "[2001:db8::1", "10.0.0.0/8", "host:80"})
        EXPECT_FALSE(address_in(wrong)) << wrong;
}

}  // namespace
}  // namespace hipchat::transport
