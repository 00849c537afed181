#include "protocol/sha256.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace hipchat::protocol {
namespace {

struct freed {
    void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};

void require(bool worked) {
    if (!worked) throw std::runtime_error("OpenSSL refused SHA-256; check its configuration");
}

const unsigned char* octets(std::string_view bytes) {
    // OpenSSL takes a null key as "the key of before".
    static constexpr unsigned char nothing = 0;
    if (bytes.empty()) return &nothing;
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

// Fetching an algorithm costs more than hashing a webhook: once a program.
const EVP_MD* fetched_digest() {
    static const std::unique_ptr<EVP_MD, freed> md(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    require(md != nullptr);
    return md.get();
}

std::unique_ptr<EVP_MAC_CTX, freed> make_mac_context() {
    static const std::unique_ptr<EVP_MAC, freed> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    require(mac != nullptr);
    std::unique_ptr<EVP_MAC_CTX, freed> context(EVP_MAC_CTX_new(mac.get()));
    require(context != nullptr);
    std::string digest = "SHA256";
    const std::array<OSSL_PARAM, 2> params = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    require(EVP_MAC_CTX_set_params(context.get(), params.data()) == 1);
    return context;
}

}  // namespace

sha256_digest sha256(std::string_view bytes) {
    thread_local const std::unique_ptr<EVP_MD_CTX, freed> context(EVP_MD_CTX_new());
    require(context != nullptr);
    sha256_digest digest{};
    require(EVP_DigestInit_ex2(context.get(), fetched_digest(), nullptr) == 1
            && EVP_DigestUpdate(context.get(), octets(bytes), bytes.size()) == 1
            && EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
    return digest;
}

struct sha256_of_parts::state {
    std::unique_ptr<EVP_MD_CTX, freed> context{EVP_MD_CTX_new()};
};

sha256_of_parts::sha256_of_parts() : state_(std::make_unique<state>()) {
    require(state_->context != nullptr
            && EVP_DigestInit_ex2(state_->context.get(), fetched_digest(), nullptr) == 1);
}

sha256_of_parts::~sha256_of_parts() = default;

void sha256_of_parts::add(std::string_view bytes) {
    require(EVP_DigestUpdate(state_->context.get(), octets(bytes), bytes.size()) == 1);
}

sha256_digest sha256_of_parts::end() {
    sha256_digest digest{};
    require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr) == 1);
    return digest;
}

std::string hexadecimal(const sha256_digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char each : digest) {
        text += digits[each >> 4U];
        text += digits[each & 0xFU];
    }
    return text;
}

sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) {
    thread_local const std::unique_ptr<EVP_MAC_CTX, freed> context = make_mac_context();
    sha256_digest digest{};
    std::size_t length = 0;
    require(EVP_MAC_init(context.get(), octets(key), key.size(), nullptr) == 1
            && EVP_MAC_update(context.get(), octets(bytes), bytes.size()) == 1
            && EVP_MAC_final(context.get(), digest.data(), &length, digest.size()) == 1
            && length == digest.size());
    return digest;
}

}  // namespace hipchat::protocol
