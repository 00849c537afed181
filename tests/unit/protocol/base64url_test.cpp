#include "protocol/base64url.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace hipchat::protocol {
namespace {

struct vector {
    std::string bytes;
    std::string text;
};

// RFC 4648 section 10, without its padding.
const std::array<vector, 8> vectors = {{{"", ""},
                                        {"f", "Zg"},
                                        {"fo", "Zm8"},
                                        {"foo", "Zm9v"},
                                        {"foob", "Zm9vYg"},
                                        {"fooba", "Zm9vYmE"},
                                        {"foobar", "Zm9vYmFy"},
                                        {"\xFB\xFF\xFE", "-__-"}}};

TEST(base64url, encodes_and_decodes_the_published_vectors) {
    for (const vector& each : vectors) {
        EXPECT_EQ(base64url_encode(each.bytes), each.text);
        EXPECT_EQ(base64url_decode(each.text), each.bytes);
    }
}

TEST(base64url, gives_back_every_byte_at_every_place) {
    for (std::size_t length = 0; length < 9; ++length)
        for (int byte = 0; byte < 256; ++byte) {
            const std::string bytes(length, static_cast<char>(byte));
            EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
        }
}

TEST(base64url, refuses_everything_that_is_not_its_alphabet) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9') || c == '-' || c == '_';
        for (std::size_t place = 0; place < 4; ++place) {
            std::string text = "AAAAAAAA";
            text[place] = c;
            EXPECT_EQ(base64url_decode(text).has_value(), allowed) << byte;
        }
    }
}

TEST(base64url, refuses_padding_blanks_and_impossible_lengths) {
    for (const std::string text : {"Zg==", "Zm8=", "Zm9v\n", " Zm9v", "Zm 9v", "Z", "Zm9vY"})
        EXPECT_FALSE(base64url_decode(text)) << text;
}

TEST(base64url, refuses_a_second_spelling_of_the_same_bytes) {
    EXPECT_FALSE(base64url_decode("Zh"));   // "Zg" with a stray bit
    EXPECT_FALSE(base64url_decode("Zm9"));  // "Zm8" with a stray bit
}

TEST(base64url, refuses_memory_that_is_too_small) {
    std::array<char, 2> small{};
    EXPECT_FALSE(base64url_decode("Zm9v", small));
    EXPECT_EQ(base64url_decode("Zm8", small), 2U);
}

}  // namespace
}  // namespace hipchat::protocol
