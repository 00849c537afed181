// Ranges: the IANA special-purpose address registries for IPv4 and IPv6.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "transport/destination_policy.hpp"

namespace hipchat::transport {
namespace {

using bytes4 = std::array<std::uint8_t, 4>;
using bytes16 = std::array<std::uint8_t, 16>;

template <std::size_t Size>
struct range {
    std::array<std::uint8_t, Size> prefix;
    unsigned bits;
    address_kind kind;
};

constexpr auto v4_ranges = std::to_array<range<4>>({
    {{0, 0, 0, 0}, 8, address_kind::special},
    {{10, 0, 0, 0}, 8, address_kind::private_network},
    {{100, 64, 0, 0}, 10, address_kind::private_network},
    {{127, 0, 0, 0}, 8, address_kind::loopback},
    {{168, 63, 129, 16},
     32,
     address_kind::link_local},  // Azure's metadata, though public by number
    {{169, 254, 0, 0}, 16, address_kind::link_local},
    {{172, 16, 0, 0}, 12, address_kind::private_network},
    {{192, 0, 0, 0}, 24, address_kind::special},
    {{192, 0, 2, 0}, 24, address_kind::special},
    {{192, 31, 196, 0}, 24, address_kind::special},
    {{192, 52, 193, 0}, 24, address_kind::special},
    {{192, 88, 99, 0}, 24, address_kind::special},
    {{192, 168, 0, 0}, 16, address_kind::private_network},
    {{192, 175, 48, 0}, 24, address_kind::special},
    {{198, 18, 0, 0}, 15, address_kind::special},
    {{198, 51, 100, 0}, 24, address_kind::special},
    {{203, 0, 113, 0}, 24, address_kind::special},
    {{224, 0, 0, 0}, 3, address_kind::special},  // multicast, reserved, broadcast
});

// Global unicast is 2000::/3; everything else that is not named here is special.
constexpr auto v6_ranges = std::to_array<range<16>>({
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, address_kind::loopback},
    {{0x00, 0x64, 0xff, 0x9b, 0, 1}, 48, address_kind::private_network},
    {{0xfc}, 7, address_kind::private_network},
    {{0xfe, 0xc0}, 10, address_kind::private_network},
    {{0xfe, 0x80}, 10, address_kind::link_local},
    {{0x20, 0x01, 0x00}, 23, address_kind::special},  // Teredo, ORCHID, benchmarking
    {{0x20, 0x01, 0x0d, 0xb8}, 32, address_kind::special},
    {{0x3f, 0xff}, 20, address_kind::special},
    {{0x5f, 0x00}, 16, address_kind::special},
    {{0x20}, 3, address_kind::public_internet},
});

// Prefixes behind which an IPv4 address stands, and where it begins.
struct embedding {
    bytes16 prefix;
    unsigned bits;
    std::size_t at;
};

constexpr auto embeddings = std::to_array<embedding>({
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12},  // mapped
    {{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0}, 96, 12},  // translated (RFC 2765)
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12},                    // NAT64
    {{0x20, 0x02}, 16, 2},                                 // 6to4
});

template <std::size_t Size>
bool within(const std::array<std::uint8_t, Size>& address,
            const std::array<std::uint8_t, Size>& prefix, unsigned bits) {
    const std::size_t whole = bits / 8;
    if (!std::equal(prefix.begin(), prefix.begin() + whole, address.begin())) return false;
    if (bits % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits % 8));
    return (address.at(whole) & mask) == (prefix.at(whole) & mask);
}

template <std::size_t Size, std::size_t Count>
address_kind look_up(const std::array<std::uint8_t, Size>& address,
                     const std::array<range<Size>, Count>& ranges, address_kind otherwise) {
    for (const range<Size>& each : ranges)
        if (within(address, each.prefix, each.bits)) return each.kind;
    return otherwise;
}

address_kind classify(const bytes4& address) {
    return look_up(address, v4_ranges, address_kind::public_internet);
}

address_kind classify(const bytes16& address) {
    for (const embedding& each : embeddings) {
        if (!within(address, each.prefix, each.bits)) continue;
        bytes4 inner{};
        std::copy_n(address.begin() + each.at, inner.size(), inner.begin());
        return classify(inner);
    }
    return look_up(address, v6_ranges, address_kind::special);
}

}  // namespace

address_kind classify_address(std::string_view numeric) {
    // A scope ("%eth0") says on which link, not which address.
    const std::string text(numeric.substr(0, numeric.find('%')));
    bytes4 v4{};
    if (inet_pton(AF_INET, text.c_str(), v4.data()) == 1) return classify(v4);
    bytes16 v6{};
    if (inet_pton(AF_INET6, text.c_str(), v6.data()) == 1) return classify(v6);
    return address_kind::special;
}

}  // namespace hipchat::transport
