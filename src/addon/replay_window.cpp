#include "addon/replay_window.hpp"

#include <algorithm>
#include <string>

#include "addon/signed_request.hpp"

namespace hipchat::addons {
namespace {

// How much older than the window a token may be: time on the wire and in the host's queue.
constexpr std::chrono::seconds travel_time{60};

}  // namespace

replay_window::replay_window(std::chrono::seconds window, std::size_t capacity)
    : window_(window), capacity_(capacity) {
}

protocol::sha256_digest replay_window::key_of(const protocol::jwt_claims& claims,
                                              std::string_view route, std::string_view body) {
    // One hash over parts that cannot run into each other: the id of a stored tenant and a route
    // contain no zero byte, and what follows comes from that tenant's own host.
    thread_local std::string joined;  // NOLINT(misc-use-internal-linkage): it is local
    joined.clear();
    joined.append(claims.issuer).push_back('\0');
    joined.append(route).push_back('\0');
    joined.append(claims.jti).push_back('\0');
    joined.append(body);
    return protocol::sha256(joined);
}

replay_window::verdict replay_window::admit(const protocol::jwt_claims& claims,
                                            const protocol::sha256_digest& key,
                                            std::chrono::seconds now) {
    if (!enabled()) return verdict::first;
    if (claims.issued_at && *claims.issued_at + window_ + travel_time < now)
        return verdict::too_old;
    expire(now);
    if (!seen_.insert(key).second) return verdict::repeated;
    const std::chrono::seconds until = claims.issued_at
                                           ? *claims.issued_at + window_ + travel_time
                                           : claims.expires_at.value_or(now) + clock_leeway;
    order_.push_back({key, std::max(until, now)});
    if (order_.size() > capacity_) {
        seen_.erase(order_.front().key);
        order_.pop_front();
        ++dropped_;
    }
    return verdict::first;
}

void replay_window::forget(const protocol::sha256_digest& key) {
    if (seen_.erase(key) == 0) return;
    // Forgotten entries are recent: they are found at the end.
    for (auto newest = order_.end(); newest != order_.begin();) {
        if ((--newest)->key != key) continue;
        order_.erase(newest);
        return;
    }
}

void replay_window::expire(std::chrono::seconds now) {
    while (!order_.empty() && order_.front().until < now) {
        seen_.erase(order_.front().key);
        order_.pop_front();
    }
}

}  // namespace hipchat::addons
