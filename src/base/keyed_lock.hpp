#pragma once

#include <coroutine>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "hipchat/task.hpp"

namespace hipchat {

/// Lets one coroutine at a time work on a key; the others wait in order. One thread. Must outlive
/// every guard.
class keyed_lock {
public:
    /// Holds the key until it is destroyed.
    class guard {
    public:
        guard(keyed_lock& lock, std::string key) : lock_(&lock), key_(std::move(key)) {}
        guard(guard&& other) noexcept
            : lock_(std::exchange(other.lock_, nullptr)), key_(std::move(other.key_)) {}
        guard& operator=(guard&&) = delete;
        guard(const guard&) = delete;
        guard& operator=(const guard&) = delete;
        ~guard() {
            if (lock_) lock_->release(key_);
        }

    private:
        keyed_lock* lock_;
        std::string key_;
    };

    task<guard> acquire(std::string key) {
        turn mine(*this, key);
        co_await mine;
        co_return guard(*this, std::move(key));
    }

private:
    class turn {
    public:
        turn(keyed_lock& lock, const std::string& key) : lock_(lock), key_(key) {}
        bool await_ready() const { return lock_.waiting_.try_emplace(key_).second; }
        void await_suspend(std::coroutine_handle<> awaiter) const {
            lock_.waiting_[key_].push_back(awaiter);
        }
        void await_resume() const noexcept {}

    private:
        keyed_lock& lock_;
        const std::string& key_;
    };

    void release(const std::string& key) {
        const auto held = waiting_.find(key);
        if (held->second.empty()) {
            waiting_.erase(held);
            return;
        }
        const std::coroutine_handle<> next = held->second.front();
        held->second.pop_front();
        next.resume();
    }

    // A key that is present is held; those in its queue wait for it.
    std::map<std::string, std::deque<std::coroutine_handle<>>> waiting_;
};

}  // namespace hipchat
