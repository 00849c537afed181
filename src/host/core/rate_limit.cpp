#include "host/core/rate_limit.hpp"

namespace hipchat::host {

allowance rate_limit::take(std::string_view key) {
    if (most_ == 0) return {};
    const std::chrono::seconds now = time_.unix_time();
    const std::string name(key);
    used* found = by_key_.find(name);
    if (found == nullptr || found->ends <= now) {
        by_key_.put(name, {0, now + window_});
        found = by_key_.find(name);
    }
    const bool is_refused = found->calls >= most_;
    if (!is_refused) ++found->calls;
    return {most_, most_ - found->calls, found->ends, is_refused};
}

}  // namespace hipchat::host
