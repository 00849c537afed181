#include "addon/digest_index.hpp"

#include <bit>
#include <cstring>
#include <new>

namespace hipchat::addons {

digest_index::digest_index(std::size_t capacity)
    : mask_(std::bit_ceil(capacity * 2) - 1),
      // calloc, because the system gives out zeroed pages as they are touched, and not before.
      slots_(static_cast<slot_type*>(std::calloc(mask_ + 1, sizeof(slot_type)))) {
    if (!slots_) throw std::bad_alloc();
}

void digest_index::insert(const protocol::sha256_digest& digest, std::uint32_t place) {
    const std::uint32_t hash = hash_of(digest);
    std::size_t slot = hash & mask_;
    while (slots_.get()[slot] != empty)
        slot = (slot + 1) & mask_;
    slots_.get()[slot] = (slot_type{hash} << 32U) | (place + 1);
}

bool digest_index::erase(const protocol::sha256_digest& digest, std::uint32_t place) {
    const std::uint32_t hash = hash_of(digest);
    const slot_type wanted = (slot_type{hash} << 32U) | (place + 1);
    for (std::size_t slot = hash & mask_; slots_.get()[slot] != empty; slot = (slot + 1) & mask_) {
        if (slots_.get()[slot] != wanted) continue;
        close_gap(slot);
        return true;
    }
    return false;
}

// Moves back what was pushed on by the removed slot, so that a search may stop at an empty one.
void digest_index::close_gap(std::size_t gap) {
    for (std::size_t next = (gap + 1) & mask_; slots_.get()[next] != empty;
         next = (next + 1) & mask_) {
        const std::size_t home = hash_in(slots_.get()[next]) & mask_;
        if (((next - home) & mask_) < ((next - gap) & mask_)) continue;
        slots_.get()[gap] = slots_.get()[next];
        gap = next;
    }
    slots_.get()[gap] = empty;
}

std::uint32_t digest_index::hash_of(const protocol::sha256_digest& digest) noexcept {
    // Any 32 bits of a SHA-256 spread as well as others.
    std::uint32_t head = 0;
    std::memcpy(&head, digest.data(), sizeof head);
    return head;
}

}  // namespace hipchat::addons
