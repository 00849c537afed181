#include "base/random.hpp"

#include <openssl/rand.h>

#include <array>
#include <span>
#include <stdexcept>
#include <string_view>

namespace hipchat {
namespace {

void fill(std::span<unsigned char> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system's random generator failed");
}

}  // namespace

std::string random_alphanumeric(std::size_t length) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // Bytes at or above the largest multiple of 62 are skipped, so that no letter is favoured.
    constexpr unsigned fair = 256 - 256 % alphabet.size();
    std::string text;
    text.reserve(length);
    std::array<unsigned char, 64> bytes{};
    while (text.size() < length) {
        fill(bytes);
        for (const unsigned char byte : bytes)
            if (byte < fair && text.size() < length) text += alphabet[byte % alphabet.size()];
    }
    return text;
}

double share_of_one() {
    std::array<unsigned char, 4> bytes{};
    fill(bytes);
    double share = 0;
    for (const unsigned char byte : bytes)
        share = (share + byte) / 256;
    return share;
}

std::string random_uuid() {
    std::array<unsigned char, 16> bytes{};
    fill(bytes);
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0FU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3FU) | 0x80U);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0x0FU];
    }
    return text;
}

}  // namespace hipchat
