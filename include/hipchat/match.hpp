#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hipchat {

/// Where a handler's pattern was found in a message, and what its groups caught. A value.
class match {
public:
    /// A part of the subject; absent: the group took no part in the match.
    struct span {
        std::size_t begin = 0;
        std::size_t length = 0;
    };

    /// Nothing was searched: the handler has no pattern.
    match() = default;
    /// @param groups of the subject, the whole match first
    /// @param names of groups, with their numbers
    match(std::string subject, std::vector<std::optional<span>> groups,
          std::vector<std::pair<std::string, std::size_t>> names = {})
        : subject_(std::move(subject)), groups_(std::move(groups)), names_(std::move(names)) {}

    /// How many groups there are, the whole match counted; 0 if nothing was searched.
    std::size_t size() const noexcept { return groups_.size(); }

    /// Text of a group, 0 being the whole match; empty if there is no such group, if it took no
    /// part, and if it caught nothing. Valid as long as this.
    std::string_view operator[](std::size_t number) const noexcept {
        if (!took_part(number)) return {};
        const span& found = *groups_[number];
        return std::string_view(subject_).substr(found.begin, found.length);
    }
    /// The same by the name in (?P<name>…).
    std::string_view operator[](std::string_view name) const noexcept {
        for (const auto& [known, number] : names_)
            if (known == name) return (*this)[number];
        return {};
    }
    std::string_view operator[](const char* name) const noexcept {
        return (*this)[std::string_view(name)];
    }
    std::string_view operator[](int number) const noexcept {
        return (*this)[static_cast<std::size_t>(number)];
    }

    /// Whether the group is part of the match; it may still be empty text.
    bool took_part(std::size_t number) const noexcept {
        return number < groups_.size() && groups_[number].has_value();
    }

    /// The whole match.
    std::string_view text() const noexcept { return (*this)[std::size_t{0}]; }
    /// What precedes and what follows the match.
    std::string_view before() const noexcept {
        return took_part(0) ? std::string_view(subject_).substr(0, groups_[0]->begin)
                            : std::string_view();
    }
    std::string_view after() const noexcept {
        return took_part(0)
                   ? std::string_view(subject_).substr(groups_[0]->begin + groups_[0]->length)
                   : std::string_view();
    }

private:
    std::string subject_;
    std::vector<std::optional<span>> groups_;
    std::vector<std::pair<std::string, std::size_t>> names_;
};

}  // namespace hipchat
