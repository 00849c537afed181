// Keys made from other secrets.

#include "protocol/hkdf.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hipchat::protocol {
namespace {

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

// RFC 5869 A.3: 22 bytes 0x0b, no salt, no info; the first 32 bytes of its output.
TEST(derived_key, is_what_the_rfc_computes) {
    const secret made = derive_key(secret(std::string(22, '\x0b')), "");
    EXPECT_EQ(hex(made.reveal()),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST(derived_key, differs_with_the_purpose_and_with_the_secret) {
    const secret from("the shared secret");
    EXPECT_EQ(derive_key(from, "a"), derive_key(from, "a"));
    EXPECT_FALSE(derive_key(from, "a") == derive_key(from, "b"));
    EXPECT_FALSE(derive_key(from, "a") == derive_key(secret("another"), "a"));
    EXPECT_FALSE(derive_key(from, "") == from);
}

}  // namespace
}  // namespace hipchat::protocol
