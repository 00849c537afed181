#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/spawn.hpp"
#include "hipchat/task.hpp"

namespace hipchat {

/// Lets many callers that want the same thing at the same time share one attempt at getting it.
/// All of it on one thread. A failure is given to everyone who waited, and is not remembered.
/// Must outlive every call.
template <class Key, class Value>
class single_flight {
public:
    /// Joins the attempt for `key` that is under way, or starts `attempt()`.
    task<Value> get(Key key, std::function<task<Value>()> attempt) {
        auto [found, first] = flights_.try_emplace(key);
        if (first) found->second = std::make_shared<flight>();
        const std::shared_ptr<flight> current = found->second;
        if (first) {
            task<> flying = fly(key, current, std::move(attempt));
            spawn(std::move(flying), [](std::exception_ptr) {});
        }
        if (!current->done) {
            joined landing(*current);
            co_await landing;
        }
        if (current->failure) std::rethrow_exception(current->failure);
        co_return *current->value;
    }

    /// Number of attempts under way.
    std::size_t size() const noexcept { return flights_.size(); }

private:
    struct flight {
        bool done = false;
        std::optional<Value> value;
        std::exception_ptr failure;
        std::vector<std::coroutine_handle<>> waiting;
    };

    class joined {
    public:
        explicit joined(flight& current) : current_(current) {}
        bool await_ready() const noexcept { return current_.done; }
        void await_suspend(std::coroutine_handle<> awaiter) { current_.waiting.push_back(awaiter); }
        void await_resume() const noexcept {}

    private:
        flight& current_;
    };

    task<> fly(Key key, std::shared_ptr<flight> current, std::function<task<Value>()> attempt) {
        try {
            task<Value> trying = attempt();
            current->value.emplace(co_await trying);
        } catch (...) {
            current->failure = std::current_exception();
        }
        current->done = true;
        flights_.erase(key);
        const auto waiting = std::move(current->waiting);
        for (const std::coroutine_handle<> awaiter : waiting)
            awaiter.resume();
    }

    std::map<Key, std::shared_ptr<flight>> flights_;
};

}  // namespace hipchat
