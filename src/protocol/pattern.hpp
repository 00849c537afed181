#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hipchat/match.hpp"

namespace hipchat::protocol {

/// A webhook's pattern in the protocol's dialect (addon-side.md 5.2): search semantics, case
/// matters unless (?i) leads, unknown inline flags are ignored, \x{hhhh} and \uhhhh are accepted,
/// an unknown escape means the character.
///
/// RE2 does the work in linear time. What RE2 refuses (look-ahead, back-references), or what would
/// make it large, is given to PCRE2 under a budget of 10 ms per search: such a pattern is `slow()`
/// and must be searched off the loop. Immutable; safe from every thread.
class pattern {
public:
    enum class groups {
        ignored,  ///< only found_in() is asked for
        kept,     ///< search() is asked for too
    };

    /// Throws config_error that names the flaw and its place.
    /// @param text at most 4096 bytes
    explicit pattern(std::string_view text, groups wanted = groups::ignored);
    pattern(pattern&&) noexcept;
    pattern& operator=(pattern&&) noexcept;
    ~pattern();

    /// Whether the pattern is found anywhere in `subject`. A subject over 32768 bytes is cut there;
    /// a search that runs out of its budget did not find anything.
    bool found_in(std::string_view subject) const;

    /// Where the pattern is found, with its groups; empty if it is not, as found_in() has it. Names
    /// of groups are kept. Only for patterns made with groups::kept.
    std::optional<match> search(std::string_view subject) const;

    /// True if searching may take as long as the budget.
    bool slow() const noexcept;
    /// True if search() in a subject of that length may take more than about a millisecond.
    bool slow_in(std::size_t subject_bytes) const noexcept;

    const std::string& text() const noexcept;

private:
    struct engine;
    std::unique_ptr<const engine> engine_;
};

}  // namespace hipchat::protocol
