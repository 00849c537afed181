#include "addon/rest/retry_plan.hpp"

#include <algorithm>

namespace hipchat::addons {
namespace {

using std::chrono::milliseconds;

constexpr int most_failures = 3;
constexpr int most_refusals = 20;
constexpr milliseconds first_pause{100};
constexpr int growth = 4;

}  // namespace

retry_plan::retry_plan(std::string_view method, call_policy policy) noexcept
    : policy_(policy),
      repeatable_(method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE") {
}

bool retry_plan::is_worth_another(const attempt_outcome& outcome) const noexcept {
    using kind = attempt_outcome::kind;
    switch (outcome.what) {
        case kind::answered:
            // A refusal of 429 has done nothing, whatever the method.
            if (outcome.status == 429)
                return policy_.waits_when_limited() && refusals_ <= most_refusals;
            return outcome.status >= 500 && repeatable_ && failures_ <= most_failures;
        case kind::unconnected:
            return failures_ <= most_failures;
        case kind::broken:
            return repeatable_ && failures_ <= most_failures;
        case kind::hopeless:
            break;
    }
    return false;
}

std::optional<milliseconds> retry_plan::pause_after(const attempt_outcome& outcome,
                                                    milliseconds elapsed, double jitter) {
    const bool refused = outcome.what == attempt_outcome::kind::answered && outcome.status == 429;
    int& count = refused ? refusals_ : failures_;
    ++count;
    if (!is_worth_another(outcome)) return std::nullopt;
    milliseconds pause = first_pause;
    for (int i = 1; i < std::min(count, most_failures); ++i)
        pause *= growth;
    pause = milliseconds(
        static_cast<milliseconds::rep>(static_cast<double>(pause.count()) * (0.5 + jitter / 2)));
    if (outcome.asked_to_wait) pause = std::max<milliseconds>(pause, *outcome.asked_to_wait);
    // An attempt that begins at the deadline has no time left.
    if (std::max(elapsed, paused_) + pause >= policy_.deadline()) return std::nullopt;
    paused_ += pause;
    return pause;
}

}  // namespace hipchat::addons
