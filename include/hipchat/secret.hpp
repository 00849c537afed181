#pragma once

#include <string>
#include <string_view>

namespace hipchat {

/// Text that must not be seen: a shared secret, an access token, a password.
///
/// It cannot be streamed, formatted or logged; its bytes are wiped when it is destroyed or
/// overwritten; equality takes the same time wherever the first difference is. reveal() is the only
/// way out, so that every use can be found.
class secret {
public:
    secret() = default;
    explicit secret(std::string text) noexcept;
    secret(const secret&) = default;
    secret(secret&& other) noexcept;
    secret& operator=(const secret& other);
    secret& operator=(secret&& other) noexcept;
    ~secret();

    /// The text itself, valid as long as this object is unchanged.
    std::string_view reveal() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend bool operator==(const secret& a, const secret& b) noexcept;

    template <class Stream>
    friend Stream& operator<<(Stream&, const secret&) = delete;

private:
    void wipe() noexcept;

    std::string text_;
};

}  // namespace hipchat
