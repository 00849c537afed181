#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hipchat::protocol {

/// RFC 4648 section 5 without padding.
std::string base64url_encode(std::string_view bytes);

/// RFC 4648 section 4, with its padding.
std::string base64_encode(std::string_view bytes);

/// What base64_encode made of `text`, also when it was broken into lines or its padding is missing;
/// empty if it is anything else.
std::optional<std::string> base64_decode(std::string_view text);

/// Strict inverse of base64url_encode: no padding, no white space, no bits left over; empty if
/// `text` is anything else.
std::optional<std::string> base64url_decode(std::string_view text);

/// The same into memory of the caller; the number of bytes written.
/// @param out at least base64url_decoded_size(text.size()) bytes; its content is undefined if the
///            answer is empty
std::optional<std::size_t> base64url_decode(std::string_view text, std::span<char> out);

/// Bytes that `length` characters decode to.
constexpr std::size_t base64url_decoded_size(std::size_t length) noexcept {
    return length / 4 * 3 + length % 4 * 3 / 4;
}

}  // namespace hipchat::protocol
