#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "hipchat/json.hpp"

namespace hipchat::host {

/// What an import took, what the host had already, and what was left out and why.
class import_report {
public:
    /// @param what plural, for example "messages"
    void took(std::string_view what) { ++taken_[std::string(what)].taken; }
    void knew(std::string_view what) { ++taken_[std::string(what)].known; }
    /// @param example where one is found in the archive
    void left_out(std::string_view what, std::string_view why, std::string_view example);

    std::uint64_t taken(std::string_view what) const { return of(what).taken; }
    std::uint64_t known(std::string_view what) const { return of(what).known; }
    std::uint64_t left_out_of(std::string_view what) const;

    /// Lines for a person.
    std::string text() const;
    /// {"taken":{what:n},"known":{what:n},"left_out":[{"what","why","count","example"}]}
    json::object to_json() const;

private:
    struct counts {
        std::uint64_t taken = 0;
        std::uint64_t known = 0;
    };
    struct omission {
        std::uint64_t count = 0;
        std::string example = {};
    };
    counts of(std::string_view what) const;

    std::map<std::string, counts, std::less<>> taken_;
    std::map<std::pair<std::string, std::string>, omission> left_out_;  ///< what, why
};

}  // namespace hipchat::host
