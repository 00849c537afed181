#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace hipchat::traffic {

/// Chance that can be repeated: the same seed, the same outcomes.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}

    /// From 0 to `count` - 1; `count` is not 0.
    std::size_t below(std::size_t count) { return engine_() % count; }
    bool once_in(std::size_t count) { return below(count) == 0; }

    template <class T>
    const T& one_of(const std::vector<T>& several) {
        return several[below(several.size())];
    }

    /// Up to `most` characters as people type and paste them: letters, spaces, signs of HTML and
    /// JSON, controls, letters of other scripts, emoji. Well-formed UTF-8.
    std::string text(std::size_t most);
    /// Up to `most` bytes of any kind.
    std::string bytes(std::size_t most);
    /// The text with some bytes changed, left out or doubled.
    std::string damaged(std::string text);

private:
    std::mt19937_64 engine_;
};

}  // namespace hipchat::traffic
