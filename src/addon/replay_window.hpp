#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string_view>
#include <unordered_set>

#include "protocol/jwt.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::addons {

/// Recognises a webhook that was delivered before, by (iss, route, jti, body), for as long as its
/// token could be accepted. For webhooks only: browsers rightly send the tokens of pages again.
///
/// Bounded: when full, the oldest entry is dropped and counted. Loop thread only.
class replay_window {
public:
    enum class verdict { first, repeated, too_old };

    /// @param window 0 switches it off: everything is `first`
    /// @param capacity deliveries remembered
    explicit replay_window(std::chrono::seconds window, std::size_t capacity = 200'000);

    /// Judges a delivery, and remembers it if it is the first.
    /// @param key from key_of
    verdict admit(const protocol::jwt_claims& claims, const protocol::sha256_digest& key,
                  std::chrono::seconds now);

    /// Forgets a delivery whose handling failed, so that it may be repeated.
    void forget(const protocol::sha256_digest& key);

    static protocol::sha256_digest key_of(const protocol::jwt_claims& claims,
                                          std::string_view route, std::string_view body);

    bool enabled() const noexcept { return window_.count() > 0; }
    std::uint64_t dropped() const noexcept { return dropped_; }
    std::size_t size() const noexcept { return seen_.size(); }

private:
    struct digest_hash {
        std::size_t operator()(const protocol::sha256_digest& digest) const noexcept {
            std::size_t head = 0;
            std::memcpy(&head, digest.data(), sizeof head);
            return head;
        }
    };
    struct entry {
        protocol::sha256_digest key;
        std::chrono::seconds until;
    };

    void expire(std::chrono::seconds now);

    std::chrono::seconds window_;
    std::size_t capacity_;
    std::unordered_set<protocol::sha256_digest, digest_hash> seen_;
    std::deque<entry> order_;  // oldest first; lives are alike, so expiry looks at the front only
    std::uint64_t dropped_ = 0;
};

}  // namespace hipchat::addons
