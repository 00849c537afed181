#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "transport/address_block.hpp"
#include "transport/http.hpp"

namespace hipchat::transport {

/// The proxies whose word about the sender of a request is taken: for logs and for limits, never
/// for the program's own address, which is its base URL alone.
class trusted_proxies {
public:
    trusted_proxies() = default;
    /// @param setting addresses and blocks ("10.0.0.0/8"), separated by blanks or commas
    /// Throws config_error naming the entry that cannot be read.
    explicit trusted_proxies(std::string_view setting);

    bool empty() const noexcept { return blocks_.empty(); }
    bool contain(std::string_view address) const;

    /// Address of the sender of a request that came from a trusted proxy: the last one in
    /// X-Forwarded-For, else in Forwarded (RFC 7239), that is not itself a trusted proxy. The
    /// proxy's own when the headers name none, are malformed, or disagree: a proxy that writes one
    /// of them may have let the other one through.
    std::string sender_of(const http_request& request) const;

private:
    std::string last_stranger(const std::vector<std::string_view>& addresses,
                              std::string_view proxy) const;

    std::vector<address_block> blocks_;
};

}  // namespace hipchat::transport
