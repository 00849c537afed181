#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "transport/destination_policy.hpp"

namespace hipchat::transport {
namespace {

struct sample {
    const char* address;
    address_kind kind;
};

void PrintTo(const sample& shown, std::ostream* out) {
    *out << shown.address;
}

class address_classes : public testing::TestWithParam<sample> {};

TEST_P(address_classes, are_told_apart) {
    EXPECT_EQ(classify_address(GetParam().address), GetParam().kind);
}

constexpr auto open = address_kind::public_internet;
constexpr auto own = address_kind::loopback;
constexpr auto inner = address_kind::private_network;
constexpr auto link = address_kind::link_local;
constexpr auto special = address_kind::special;

INSTANTIATE_TEST_SUITE_P(
    v4, address_classes,
    testing::Values(
        sample{"8.8.8.8", open}, sample{"1.1.1.1", open}, sample{"9.255.255.255", open},
        sample{"11.0.0.0", open}, sample{"172.15.255.255", open}, sample{"172.32.0.0", open},
        sample{"192.167.255.255", open}, sample{"192.169.0.0", open},
        sample{"100.63.255.255", open}, sample{"100.128.0.0", open},
        sample{"126.255.255.255", open}, sample{"128.0.0.0", open}, sample{"223.255.255.255", open},
        sample{"169.253.255.255", open}, sample{"127.0.0.1", own}, sample{"127.255.255.255", own},
        sample{"10.0.0.1", inner}, sample{"10.255.255.255", inner}, sample{"172.16.0.0", inner},
        sample{"172.31.255.255", inner}, sample{"192.168.0.1", inner}, sample{"100.64.0.0", inner},
        sample{"100.127.255.255", inner}, sample{"100.100.100.200", inner},
        sample{"169.254.169.254", link}, sample{"169.254.0.1", link}, sample{"168.63.129.16", link},
        sample{"0.0.0.0", special}, sample{"0.1.2.3", special}, sample{"192.0.0.1", special},
        sample{"192.0.2.1", special}, sample{"198.18.0.1", special},
        sample{"198.19.255.255", special}, sample{"198.51.100.7", special},
        sample{"203.0.113.9", special}, sample{"224.0.0.1", special},
        sample{"239.255.255.255", special}, sample{"240.0.0.1", special},
        sample{"255.255.255.255", special}));

INSTANTIATE_TEST_SUITE_P(v6, address_classes,
                         testing::Values(sample{"2606:4700:4700::1111", open},
                                         sample{"2a00:1450::1", open}, sample{"::1", own},
                                         sample{"fc00::1", inner}, sample{"fdff::1", inner},
                                         sample{"fd00:ec2::254", inner}, sample{"fec0::1", inner},
                                         sample{"64:ff9b:1::1", inner}, sample{"fe80::1", link},
                                         sample{"fe80::1%eth0", link}, sample{"febf::1", link},
                                         sample{"::", special}, sample{"::2", special},
                                         sample{"100::1", special}, sample{"2001::1", special},
                                         sample{"2001:db8::1", special}, sample{"3fff::1", special},
                                         sample{"ff02::1", special}, sample{"4000::1", special}));

INSTANTIATE_TEST_SUITE_P(
    v4_inside_v6, address_classes,
    testing::Values(sample{"::ffff:127.0.0.1", own}, sample{"::ffff:7f00:1", own},
                    sample{"::ffff:8.8.8.8", open}, sample{"::ffff:10.0.0.1", inner},
                    sample{"::ffff:169.254.169.254", link}, sample{"::ffff:0:127.0.0.1", own},
                    sample{"2002:7f00:1::", own}, sample{"2002:0a00:0001::1", inner},
                    sample{"2002:808:808::1", open}, sample{"64:ff9b::127.0.0.1", own},
                    sample{"64:ff9b::a9fe:a9fe", link}, sample{"64:ff9b::8.8.8.8", open},
                    sample{"::127.0.0.1", special}));

// What only resolvers understand is not an address; whoever asks gets the strictest answer.
INSTANTIATE_TEST_SUITE_P(no_address, address_classes,
                         testing::Values(sample{"", special}, sample{"localhost", special},
                                         sample{"127.1", special}, sample{"2130706433", special},
                                         sample{"0x7f000001", special}, sample{"[::1]", special},
                                         sample{"8.8.8.8 ", special},
                                         sample{"8.8.8.8.8", special}));

}  // namespace
}  // namespace hipchat::transport
