#include "protocol/sha256.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace hipchat::protocol {
namespace {

std::string hex(const sha256_digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

TEST(sha256, agrees_with_the_published_vectors) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(hmac_sha256, agrees_with_rfc_4231) {
    EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(hmac_sha256, does_not_take_an_empty_key_for_the_one_before) {
    const std::string empty = hex(hmac_sha256("", ""));
    EXPECT_EQ(empty, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    hmac_sha256("another key", "text");
    EXPECT_EQ(hex(hmac_sha256(std::string_view(), "")), empty);
}

TEST(hmac_sha256, is_the_same_on_every_thread) {
    const std::string expected = hex(hmac_sha256("key", "text"));
    std::vector<std::string> results(4);
    std::vector<std::thread> threads;
    threads.reserve(results.size());
    for (std::string& result : results)
        threads.emplace_back([&result] {
            for (int i = 0; i < 100; ++i)
                result = hex(hmac_sha256("key", "text"));
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const std::string& result : results)
        EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace hipchat::protocol
