#include "hipchat/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace hipchat {

secret::secret(std::string text) noexcept : text_(std::move(text)) {
}

// A short string's bytes stay behind when it is moved from, so it is copied, then wiped.
// NOLINTNEXTLINE(performance-move-constructor-init)
secret::secret(secret&& other) noexcept : text_(other.text_) {
    other.wipe();
}

secret& secret::operator=(const secret& other) {
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

secret& secret::operator=(secret&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = other.text_;
        other.wipe();
    }
    return *this;
}

secret::~secret() {
    wipe();
}

bool operator==(const secret& a, const secret& b) noexcept {
    return a.text_.size() == b.text_.size()
           && CRYPTO_memcmp(a.text_.data(), b.text_.data(), a.text_.size()) == 0;
}

void secret::wipe() noexcept {
    OPENSSL_cleanse(text_.data(), text_.size());
    text_.clear();
}

}  // namespace hipchat
