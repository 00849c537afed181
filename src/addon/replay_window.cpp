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
    if (!enabled()) return;
    ring_.reserve(capacity);
    index_.emplace(capacity);
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

void replay_window::expect(const protocol::sha256_digest& key) const noexcept {
    if (!enabled()) return;
    index_->prefetch(key);
    if (count_ > 0) index_->prefetch(ring_[oldest_].key);  // the next to be dropped
}

replay_window::verdict replay_window::admit(const protocol::jwt_claims& claims,
                                            const protocol::sha256_digest& key,
                                            std::chrono::seconds now) {
    if (!enabled()) return verdict::first;
    if (claims.issued_at && *claims.issued_at + window_ + travel_time < now)
        return verdict::too_old;
    expire(now);
    if (place_of(key)) return verdict::repeated;
    const std::chrono::seconds until = claims.issued_at
                                           ? *claims.issued_at + window_ + travel_time
                                           : claims.expires_at.value_or(now) + clock_leeway;
    if (full() && drop_oldest()) ++dropped_;
    remember({key, std::max(until, now)});
    return verdict::first;
}

void replay_window::forget(const protocol::sha256_digest& key) {
    if (!enabled()) return;
    const auto at = place_of(key);
    if (!at) return;
    index_->erase(key, *at);
    --size_;
}

std::optional<std::uint32_t> replay_window::place_of(const protocol::sha256_digest& key) const {
    const auto key_at = [this](std::uint32_t at) -> const protocol::sha256_digest& {
        return ring_[at].key;
    };
    return index_->find(key, key_at);
}

void replay_window::remember(const entry& delivery) {
    const std::size_t at = (oldest_ + count_) % capacity_;
    if (at == ring_.size())
        ring_.push_back(delivery);
    else
        ring_[at] = delivery;
    index_->insert(delivery.key, static_cast<std::uint32_t>(at));
    ++count_;
    ++size_;
}

bool replay_window::drop_oldest() {
    const bool was_remembered =
        index_->erase(ring_[oldest_].key, static_cast<std::uint32_t>(oldest_));
    if (was_remembered) --size_;
    --count_;
    oldest_ = count_ == 0 ? 0 : (oldest_ + 1) % capacity_;
    return was_remembered;
}

void replay_window::expire(std::chrono::seconds now) {
    while (count_ > 0 && ring_[oldest_].until < now)
        drop_oldest();
}

}  // namespace hipchat::addons
