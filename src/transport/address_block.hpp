#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hipchat::transport {

/// Addresses that begin with the same bits: "10.0.0.0/8", "2001:db8::/32", or one address. An IPv4
/// address and the same mapped into IPv6 are one.
class address_block {
public:
    /// Empty if `text` is neither an address in digits nor one with "/" and a number of bits.
    static std::optional<address_block> parse(std::string_view text);

    bool contains(std::string_view address) const;

private:
    using bytes = std::array<std::uint8_t, 16>;
    static std::optional<bytes> parse_address(std::string_view text);

    bytes prefix_{};
    unsigned bits_ = 128;
};

/// The address of a "host:port" or "[host]:port" or an address alone; empty if it is none of them.
std::optional<std::string> address_in(std::string_view text);

}  // namespace hipchat::transport
