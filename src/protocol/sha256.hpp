#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace hipchat::protocol {

using sha256_digest = std::array<unsigned char, 32>;

sha256_digest sha256(std::string_view bytes);

/// The same of bytes that come one part after the other. For one thread.
class sha256_of_parts {
public:
    sha256_of_parts();
    sha256_of_parts(const sha256_of_parts&) = delete;
    sha256_of_parts& operator=(const sha256_of_parts&) = delete;
    ~sha256_of_parts();

    void add(std::string_view bytes);
    /// Of all that was added. Once.
    sha256_digest end();

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// Two lower-case hexadecimal digits for each byte.
std::string hexadecimal(const sha256_digest& digest);

/// HMAC-SHA-256 (RFC 2104). Safe from every thread; a thread keeps one context of its own.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace hipchat::protocol
