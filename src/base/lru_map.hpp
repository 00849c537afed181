#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <unordered_map>
#include <utility>

namespace hipchat {

/// A map that holds at most `capacity` entries and forgets the one unused for longest. One thread.
/// With a transparent Hash and Equal, keys are looked up without being built.
template <class Key, class Value, class Hash = std::hash<Key>, class Equal = std::equal_to<Key>>
class lru_map {
public:
    /// @param capacity at least 1
    explicit lru_map(std::size_t capacity) : capacity_(capacity) {}

    /// The value, now the most recently used; null if absent. Valid until the next change.
    template <class Wanted>
    Value* find(const Wanted& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, found->second);
        return &found->second->second;
    }

    void put(Key key, Value value) {
        if (Value* present = find(key)) {
            *present = std::move(value);
            return;
        }
        if (index_.size() >= capacity_) {
            index_.erase(order_.back().first);
            order_.pop_back();
        }
        order_.emplace_front(key, std::move(value));
        index_.emplace(std::move(key), order_.begin());
    }

    template <class Wanted>
    void erase(const Wanted& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return;
        order_.erase(found->second);
        index_.erase(found);
    }

    std::size_t size() const noexcept { return index_.size(); }

private:
    std::size_t capacity_;
    std::list<std::pair<Key, Value>> order_;  // most recently used first
    std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator, Hash, Equal>
        index_;
};

}  // namespace hipchat
