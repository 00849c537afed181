#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "hipchat/call_policy.hpp"

namespace hipchat::addons {

/// What came of one attempt of a call.
struct attempt_outcome {
    enum class kind {
        answered,
        unconnected,  ///< nothing was sent
        broken,       ///< something was sent, and no complete answer came
        hopeless,     ///< another attempt would end the same way, or the time is over
    };

    attempt_outcome::kind what = kind::answered;
    int status = 0;                                          ///< if answered
    std::optional<std::chrono::seconds> asked_to_wait = {};  ///< by the answer's headers
};

/// Whether and when a call is attempted again; pure, one for each call.
class retry_plan {
public:
    retry_plan(std::string_view method, call_policy policy) noexcept;

    /// How long to pause before the next attempt; empty: the outcome stands.
    /// @param elapsed since the call began
    /// @param jitter  0 to 1, at random
    std::optional<std::chrono::milliseconds> pause_after(const attempt_outcome& outcome,
                                                         std::chrono::milliseconds elapsed,
                                                         double jitter);

private:
    bool is_worth_another(const attempt_outcome& outcome) const noexcept;

    call_policy policy_;
    bool repeatable_;
    int failures_ = 0;
    int refusals_ = 0;  // with 429
    std::chrono::milliseconds paused_{0};
};

}  // namespace hipchat::addons
