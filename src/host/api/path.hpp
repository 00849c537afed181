#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::host {

/// `text` with %hh decoded; empty if it is badly encoded, or holds a NUL.
std::optional<std::string> percent_decode(std::string_view text);

/// The segments of a path, not decoded; empty ones are left out, because some libraries write
/// "/v2//room" (host-side.md 1).
std::vector<std::string_view> split_path(std::string_view path);

/// Text captured from a path, decoded, by the name that the pattern gives it.
using captures = std::map<std::string, std::string, std::less<>>;

/// A path with places to fill: "/v2/room/{room}/notification"; "{rest...}" at the end takes all
/// that is left, segments joined by '/'.
class path_pattern {
public:
    explicit path_pattern(std::string text);

    const std::string& text() const noexcept { return text_; }

    /// Empty if the path is another one, or badly encoded where it matters.
    std::optional<captures> match(const std::vector<std::string_view>& segments) const;

private:
    struct segment {
        std::string text;  ///< literal, or the name
        bool is_capture = false;
        bool is_rest = false;
    };

    std::string text_;
    std::vector<segment> segments_;
};

}  // namespace hipchat::host
