#include "transport/address_block.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace hipchat::transport {
namespace {

constexpr unsigned mapped_bits = 96;  // ::ffff:0:0/96 stands before a mapped IPv4 address

}  // namespace

std::optional<address_block::bytes> address_block::parse_address(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return std::nullopt;  // what follows is not read
    const std::string terminated(text);
    bytes parsed{};
    if (inet_pton(AF_INET6, terminated.c_str(), parsed.data()) == 1) return parsed;
    std::array<std::uint8_t, 4> v4{};
    if (inet_pton(AF_INET, terminated.c_str(), v4.data()) != 1) return std::nullopt;
    parsed.at(10) = parsed.at(11) = 0xff;
    std::ranges::copy(v4, parsed.begin() + 12);
    return parsed;
}

std::optional<address_block> address_block::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    const auto prefix = parse_address(address);
    if (!prefix) return std::nullopt;
    address_block made;
    made.prefix_ = *prefix;
    if (slash == std::string_view::npos) return made;
    const std::string_view count = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), bits);
    const unsigned before = address.find(':') == std::string_view::npos ? mapped_bits : 0;
    if (error != std::errc() || end != count.data() + count.size() || bits > 128 - before)
        return std::nullopt;
    made.bits_ = bits + before;
    return made;
}

bool address_block::contains(std::string_view address) const {
    // A scope ("%eth0") says on which link, not which address.
    const auto other = parse_address(address.substr(0, address.find('%')));
    if (!other) return false;
    const std::size_t whole = bits_ / 8;
    if (!std::equal(prefix_.begin(), prefix_.begin() + static_cast<std::ptrdiff_t>(whole),
                    other->begin()))
        return false;
    if (bits_ % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits_ % 8));
    return (other->at(whole) & mask) == (prefix_.at(whole) & mask);
}

std::optional<std::string> address_in(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        text = text.substr(1, end - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    if (!address_block::parse(text) || text.find('/') != std::string_view::npos)
        return std::nullopt;
    return std::string(text);
}

}  // namespace hipchat::transport
