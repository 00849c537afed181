#pragma once

#include <chrono>
#include <string_view>

#include "host/core/rate_limit.hpp"

namespace hipchat::host {

/// How often a password or a code may be tried within a quarter of an hour: by one address, for one
/// name, and for one name by one address. The last is the strictest, so that a stranger who tries
/// does not keep the owner of the name out. Loop thread only.
class sign_in_limits {
public:
    static constexpr std::chrono::minutes window{15};

    explicit sign_in_limits(const clock& time)
        : of_both_(time, 10, window), of_address_(time, 100, window), of_name_(time, 200, window) {}

    /// Counts an attempt, whether it is right or wrong; refused: do not even look.
    /// @param name as it was typed; need not be anybody's
    allowance count(std::string_view address, std::string_view name);

private:
    rate_limit of_both_;
    rate_limit of_address_;
    rate_limit of_name_;
};

}  // namespace hipchat::host
