#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>

#include "protocol/sha256.hpp"

namespace hipchat::addons {

/// Finds a digest's place in an array that the caller keeps: a flat hash table of 8 bytes a slot,
/// so that an insertion or a removal costs one cache miss.
///
/// Never more than half full and never grown, so no insertion is slower than another. Its memory
/// is touched only where digests fall. Any thread, one at a time.
class digest_index {
public:
    /// @param capacity digests held at once, 1 to 2^30
    explicit digest_index(std::size_t capacity);

    /// The place of a digest, if it is in here.
    /// @param at returns the digest that was inserted with a place
    template <class At>
    std::optional<std::uint32_t> find(const protocol::sha256_digest& digest, const At& at) const {
        const std::uint32_t hash = hash_of(digest);
        for (std::size_t slot = hash & mask_; slots_.get()[slot] != empty;
             slot = (slot + 1) & mask_)
            if (hash_in(slots_.get()[slot]) == hash && at(place_in(slots_.get()[slot])) == digest)
                return place_in(slots_.get()[slot]);
        return std::nullopt;
    }

    /// Fetches where the digest is, or would be, into the processor's cache.
    void prefetch(const protocol::sha256_digest& digest) const noexcept {
        __builtin_prefetch(&slots_.get()[hash_of(digest) & mask_], 1);
    }

    /// @pre the digest is not in here, and fewer than `capacity` are
    void insert(const protocol::sha256_digest& digest, std::uint32_t place);

    /// Removes the digest inserted with that place. @return whether there was one
    bool erase(const protocol::sha256_digest& digest, std::uint32_t place);

private:
    // A slot is the hash in the upper half and the place plus one in the lower; 0 is an empty one.
    using slot_type = std::uint64_t;
    static constexpr slot_type empty = 0;

    static std::uint32_t hash_of(const protocol::sha256_digest& digest) noexcept;
    static std::uint32_t hash_in(slot_type slot) noexcept { return slot >> 32U; }
    static std::uint32_t place_in(slot_type slot) noexcept {
        return static_cast<std::uint32_t>(slot) - 1;
    }
    void close_gap(std::size_t gap);

    struct release {
        void operator()(slot_type* slots) const noexcept { std::free(slots); }
    };

    std::size_t mask_;
    std::unique_ptr<slot_type, release> slots_;
};

}  // namespace hipchat::addons
