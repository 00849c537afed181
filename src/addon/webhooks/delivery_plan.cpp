#include "addon/webhooks/delivery_plan.hpp"

#include <algorithm>

namespace hipchat::addons {
namespace {

using std::chrono::milliseconds;
using action = delivery_step::action;

constexpr milliseconds first_pause = std::chrono::seconds(1);
constexpr milliseconds longest_pause = std::chrono::hours(1);
constexpr int growth = 4;

milliseconds pause_after(int attempt, double jitter) noexcept {
    milliseconds pause = first_pause;
    for (int i = 1; i < attempt && pause < longest_pause; ++i)
        pause *= growth;
    pause = std::min(pause, longest_pause);
    return milliseconds(
        static_cast<milliseconds::rep>(static_cast<double>(pause.count()) * (0.5 + jitter / 2)));
}

}  // namespace

delivery_step step_after(delivery_event event, int attempt, milliseconds now,
                         double jitter) noexcept {
    switch (event) {
        case delivery_event::taken:
            return {attempt > most_attempts ? action::bury : action::run};
        case delivery_event::handled:
            return {action::remove};
        case delivery_event::threw:
            if (attempt >= most_attempts) return {action::bury};
            return {action::postpone, now + pause_after(attempt, jitter)};
        case delivery_event::void_tenant:
        case delivery_event::void_hook:
            break;
    }
    return {action::drop};
}

}  // namespace hipchat::addons
