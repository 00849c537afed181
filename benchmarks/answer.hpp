#pragma once

#include <charconv>
#include <cstddef>
#include <string_view>

namespace bench {

/// What has been received of an answer.
struct answer {
    int status = 0;          ///< 0: its head is not complete
    std::size_t length = 0;  ///< bytes of head and body together
};

inline std::size_t content_length(std::string_view head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    std::size_t value = 0;
    if (at != std::string_view::npos)
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), value);
    return value;
}

/// Knows as much of HTTP as the answers of our servers need.
inline answer read_answer(std::string_view received) {
    constexpr std::size_t status_at = 9;  // behind "HTTP/1.1 "
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos || end < status_at + 3) return {};
    const std::string_view head = received.substr(0, end + 4);
    answer known;
    std::from_chars(head.data() + status_at, head.data() + status_at + 3, known.status);
    known.length = head.size() + content_length(head);
    return known;
}

}  // namespace bench
