#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace hipchat::fuzz {

/// An input for which a parser does not do what it promises. Leaves the fuzzer as a crash.
class broken_property : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// @param property what must hold, for whoever reads the crash
inline void require(bool holds, const char* property) {
    if (!holds) throw broken_property(property);
}

/// The parts before and after the first `border`; the second is empty if there is none.
inline std::pair<std::string_view, std::string_view> split(std::string_view text, char border) {
    const std::size_t at = text.find(border);
    if (at == std::string_view::npos) return {text, {}};
    return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace hipchat::fuzz
