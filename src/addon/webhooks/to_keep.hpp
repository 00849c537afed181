#pragma once

#include <set>
#include <string>
#include <string_view>

#include "protocol/sha256.hpp"

namespace hipchat::addons {

/// A delivery that is to be stored, until the store has spoken. As long as it lives, a repetition
/// of it must not be acknowledged as known: the store may still fail. One thread.
class to_keep {
public:
    using set = std::multiset<protocol::sha256_digest>;

    /// @param all where it can be found; outlives this
    to_keep(set& all, const protocol::sha256_digest& key, std::string_view text)
        : body(text), all_(all), place_(all.insert(key)) {}
    to_keep(const to_keep&) = delete;
    to_keep& operator=(const to_keep&) = delete;
    ~to_keep() { all_.erase(place_); }

    std::string body;  ///< as it came

private:
    set& all_;
    set::iterator place_;
};

}  // namespace hipchat::addons
