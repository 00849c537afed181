#include "addon/tokens/token_state.hpp"

#include <algorithm>

namespace hipchat::addons {

kept_token keep_token(const protocol::token_grant& grant, std::chrono::seconds now, double jitter) {
    using std::chrono::seconds;
    const seconds margin = std::min(seconds(60), grant.expires_in / 4);
    const seconds earlier(
        static_cast<seconds::rep>(static_cast<double>(margin.count()) / 2 * jitter));
    const seconds expires_at = now + grant.expires_in;
    return {access_token(grant), expires_at - margin - earlier, expires_at};
}

token_use use_of(const kept_token& token, std::chrono::seconds now) {
    if (now >= token.expires_at - std::chrono::seconds(5)) return token_use::renew_first;
    return now >= token.renew_at ? token_use::renew_beside : token_use::as_is;
}

}  // namespace hipchat::addons
