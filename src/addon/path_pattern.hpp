#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hipchat::addons {

/// A path with parts that vary, as module URLs and routes have them: "/snippet/{id}",
/// "/file/{name}.html". A {part} stands for any text of one segment, the empty one included
/// (addon-side.md 7.1: missing values become empty).
class path_pattern {
public:
    /// Decoded values by the names of their parts.
    using values = std::vector<std::pair<std::string, std::string>>;

    /// Whether `path` has a part that varies at all.
    static bool varies(std::string_view path) noexcept;

    /// @param path begins with '/'; at most one {part} a segment
    /// Throws config_error saying what is wrong with it.
    explicit path_pattern(std::string path);

    /// The values in `path`, which is percent-encoded; empty if it does not fit.
    std::optional<values> match(std::string_view path) const;

    const std::string& text() const noexcept { return text_; }
    /// The same for patterns that fit the same paths.
    const std::string& shape() const noexcept { return shape_; }

private:
    struct segment {
        std::string before = {};
        std::optional<std::string> name = {};
        std::string after = {};
    };

    segment read_segment(std::string_view text) const;

    std::string text_;
    std::string shape_;
    std::vector<segment> segments_;
};

}  // namespace hipchat::addons
