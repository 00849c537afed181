#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace hipchat::testing {

/// Whether `text` holds each of `parts`; says which is missing, and in what.
template <class... Part>
::testing::AssertionResult contains(std::string_view text, const Part&... parts) {
    std::string missing;
    const auto look_for = [&](std::string_view part) {
        if (text.find(part) == std::string_view::npos)
            missing += "\n  misses: " + std::string(part);
    };
    (look_for(parts), ...);
    if (missing.empty()) return ::testing::AssertionSuccess() << "found in: " << text;
    return ::testing::AssertionFailure() << missing << "\n  in: " << text;
}

}  // namespace hipchat::testing
