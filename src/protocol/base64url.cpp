#include "protocol/base64url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace hipchat::protocol {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint32_t foreign = 0xFF000000U;  // no four sextets reach these bits

using table = std::array<std::uint32_t, 256>;

// What each character adds to 24 bits when it stands at one of four places; `foreign` if it is not
// of the alphabet.
constexpr table make_table(unsigned shift) {
    table values{};
    values.fill(foreign);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint32_t>(i) << shift;
    return values;
}

constexpr std::array<table, 4> tables = {make_table(18), make_table(12), make_table(6),
                                         make_table(0)};

std::uint32_t bits_of(char c, std::size_t place) {
    return tables[place][static_cast<unsigned char>(c)];
}

constexpr char byte_of(std::uint32_t bits, unsigned shift) {
    return static_cast<char>(static_cast<unsigned char>(bits >> shift));
}

}  // namespace

std::string base64url_encode(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        held += 8;
        while (held >= 6) {
            held -= 6;
            text += alphabet[(bits >> held) & 0x3FU];
        }
    }
    if (held > 0) text += alphabet[(bits << (6 - held)) & 0x3FU];
    return text;
}

std::string base64_encode(std::string_view bytes) {
    std::string text = base64url_encode(bytes);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::size_t> base64url_decode(std::string_view text, std::span<char> out) {
    const std::size_t size = base64url_decoded_size(text.size());
    const std::size_t tail = text.size() % 4;
    if (tail == 1 || out.size() < size) return std::nullopt;
    const char* in = text.data();
    char* to = out.data();
    std::uint32_t seen = 0;  // collects `foreign`
    for (std::size_t i = 0; i < text.size() / 4; ++i, in += 4, to += 3) {
        const std::uint32_t bits =
            bits_of(in[0], 0) | bits_of(in[1], 1) | bits_of(in[2], 2) | bits_of(in[3], 3);
        seen |= bits;
        to[0] = byte_of(bits, 16);
        to[1] = byte_of(bits, 8);
        to[2] = byte_of(bits, 0);
    }
    if (tail != 0) {
        std::uint32_t bits = bits_of(in[0], 0) | bits_of(in[1], 1);
        if (tail == 3) bits |= bits_of(in[2], 2);
        seen |= bits;
        to[0] = byte_of(bits, 16);
        if (tail == 3) to[1] = byte_of(bits, 8);
        // Bits beyond the last byte would give one value several spellings.
        if ((bits & (tail == 3 ? 0xFFU : 0xFFFFU)) != 0) return std::nullopt;
    }
    if ((seen & foreign) != 0) return std::nullopt;
    return size;
}

std::optional<std::string> base64url_decode(std::string_view text) {
    std::string bytes(base64url_decoded_size(text.size()), '\0');
    if (!base64url_decode(text, bytes)) return std::nullopt;
    return bytes;
}

std::optional<std::string> base64_decode(std::string_view text) {
    while (text.ends_with('=') || text.ends_with('\r') || text.ends_with('\n'))
        text.remove_suffix(1);
    std::string translated;
    translated.reserve(text.size());
    for (const char c : text) {
        if (c == '-' || c == '_') return std::nullopt;
        if (c == '+')
            translated += '-';
        else if (c == '/')
            translated += '_';
        else if (c != '\r' && c != '\n')
            translated += c;
    }
    return base64url_decode(translated);
}

}  // namespace hipchat::protocol
