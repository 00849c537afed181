#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "addon/digest_index.hpp"
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
    /// @param capacity deliveries remembered, 1 to 2^30
    explicit replay_window(std::chrono::seconds window, std::size_t capacity = 200'000);

    /// A hint that `key` will be admitted soon: what that looks at is fetched meanwhile. Optional.
    void expect(const protocol::sha256_digest& key) const noexcept;

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
    std::size_t size() const noexcept { return size_; }

private:
    struct entry {
        protocol::sha256_digest key;
        std::chrono::seconds until;
    };

    bool full() const noexcept { return count_ == capacity_; }
    std::optional<std::uint32_t> place_of(const protocol::sha256_digest& key) const;
    void remember(const entry& delivery);
    bool drop_oldest();  // whether it had not been forgotten
    void expire(std::chrono::seconds now);

    std::chrono::seconds window_;
    std::size_t capacity_;
    // A ring of entries, oldest first; lives are alike, so expiry looks at the oldest only. A
    // forgotten delivery keeps its place in the ring and is out of the index.
    std::vector<entry> ring_;
    std::size_t oldest_ = 0;
    std::size_t count_ = 0;
    std::size_t size_ = 0;
    std::optional<digest_index> index_;  // empty while the window is off
    std::uint64_t dropped_ = 0;
};

}  // namespace hipchat::addons
