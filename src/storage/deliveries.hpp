#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/task.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::storage {

/// A delivery of a webhook that is kept until its handler has ended.
struct kept_delivery {
    std::int64_t id = 0;  ///< given by the repository; never given twice in one store
    std::string oauth_id = {};
    std::int64_t since = 0;  ///< tenant::since
    std::string route = {};  ///< path of the hook, below the add-on's base URL
    std::string body = {};   ///< as it came
    int attempt = 1;         ///< number of the attempt that was begun last
};

enum class keeping {
    kept,
    known,  ///< nothing was changed: a delivery with that key is kept
    full,   ///< nothing was changed: as many as may be are kept
    gone,   ///< nothing was changed: the tenant is not installed any more
};

struct keep_result {
    keeping what = keeping::kept;
    std::int64_t id = 0;  ///< if kept
};

/// Deliveries beside the tenants of the same store; removing a tenant removes its deliveries in the
/// same transaction. Loop thread only; every task ends there. A change is durable when its task
/// ends. Throws storage_error when the store fails, `overloaded` when too much waits.
///
/// A delivery is under way (as when it was kept, or taken), waits until it is due, or is dead.
/// Times are since 1970. What is not kept any more is passed over in silence.
class delivery_repository {
public:
    virtual ~delivery_repository() = default;
    delivery_repository() = default;
    delivery_repository(const delivery_repository&) = delete;
    delivery_repository& operator=(const delivery_repository&) = delete;

    /// Keeps a delivery as under way. Its id does not count.
    /// @param key  by which a repetition is recognised; empty: not at all
    /// @param most kept at a time, the dead aside
    virtual task<keep_result> keep(kept_delivery value, std::optional<protocol::sha256_digest> key,
                                   std::size_t most) = 0;

    /// Makes what was under way due at once: at the start of a program, which ended it. Returns how
    /// many are kept, the dead aside.
    virtual task<std::size_t> revive() = 0;

    /// Takes those that are due by `now`, the earliest first, then in the order of keeping, at most
    /// `limit`: they are under way now, their attempts one more.
    virtual task<std::vector<kept_delivery>> take(std::chrono::milliseconds now,
                                                  std::size_t limit) = 0;

    /// When the next one is due; empty: none waits.
    virtual task<std::optional<std::chrono::milliseconds>> next_due() = 0;

    virtual task<> remove(std::int64_t id) = 0;
    /// Lets it wait until `due`.
    virtual task<> postpone(std::int64_t id, std::chrono::milliseconds due) = 0;
    /// Keeps it as dead: never taken again. The newest most_dead of them are kept.
    virtual task<> bury(std::int64_t id) = 0;

    static constexpr std::size_t most_dead = 1000;
};

}  // namespace hipchat::storage
