#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "base/spawn.hpp"
#include "support/recording_log.hpp"
#include "transport/http_server.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::testing {

/// Lets a thread wait until another one has come by. Copies share it.
class meeting_point {
public:
    void arrive() {
        const std::lock_guard lock(shared_->mutex);
        shared_->arrived = true;
        shared_->changed.notify_all();
    }
    void wait() {
        std::unique_lock lock(shared_->mutex);
        shared_->changed.wait(lock, [&] { return shared_->arrived; });
    }

private:
    struct state {
        std::mutex mutex;
        std::condition_variable changed;
        bool arrived = false;
    };

    std::shared_ptr<state> shared_ = std::make_shared<state>();
};

/// What a function came to: a value, or what it threw.
template <class Value>
struct outcome {
    std::optional<std::conditional_t<std::is_void_v<Value>, bool, Value>> value;
    std::exception_ptr failure;

    Value take() {
        if (failure) std::rethrow_exception(std::exchange(failure, nullptr));
        if constexpr (!std::is_void_v<Value>) return std::move(*value);
    }
};

/// A loop on a thread of its own, until it goes out of scope.
class running_loop {
public:
    running_loop() : thread_([this] { loop_.run(); }) {}
    running_loop(const running_loop&) = delete;
    running_loop& operator=(const running_loop&) = delete;
    ~running_loop() {
        loop_.stop();
        thread_.join();
    }

    transport::io_loop& loop() noexcept { return loop_; }

    /// Runs `function` on the loop thread; its result, or what it threw.
    template <class Function>
    auto on_loop(Function function) {
        outcome<std::invoke_result_t<Function&>> result;
        meeting_point done;
        loop_.post([&function, &result, done]() mutable {
            run(function, result);
            done.arrive();
        });
        done.wait();
        return result.take();
    }

    /// Runs the task that `function` makes to its end on the loop; its result, or what it threw.
    template <class Function>
    auto await(Function function) {
        outcome<typename std::invoke_result_t<Function&>::value_type> result;
        meeting_point done;
        loop_.post([this, &function, &result, done] {
            // Reported a turn later, when the loop thread has let go of everything. libstdc++
            // counts owners of exceptions where the thread sanitizer does not see it.
            spawn(follow(function, result), [this, done](const std::exception_ptr&) {
                loop_.post([done]() mutable { done.arrive(); });
            });
        });
        done.wait();
        return result.take();
    }

private:
    template <class Function, class Value>
    static void run(Function& function, outcome<Value>& result) {
        try {
            if constexpr (std::is_void_v<Value>)
                function();
            else
                result.value.emplace(function());
        } catch (...) {
            result.failure = std::current_exception();
        }
    }

    template <class Function, class Value>
    static task<> follow(Function& function, outcome<Value>& result) {
        try {
            auto work = function();
            if constexpr (std::is_void_v<Value>)
                co_await work;
            else
                result.value.emplace(co_await work);
        } catch (...) {
            result.failure = std::current_exception();
        }
    }

    transport::io_loop loop_;
    std::thread thread_;
};

/// A server on a loop of its own.
class serving : public running_loop {
public:
    explicit serving(transport::http_handler handler, transport::http_server_options options = {}) {
        on_loop([&] {
            server_ = std::make_unique<transport::http_server>(loop(), log_, std::move(options),
                                                               std::move(handler));
        });
        port_ = server_->port();
    }
    ~serving() {
        on_loop([&] { server_.reset(); });
    }

    std::uint16_t port() const noexcept { return port_; }
    std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    recording_log& log() noexcept { return log_; }

    std::uint64_t turned_away() {
        return on_loop([this] { return server_->turned_away(); });
    }
    std::size_t under_way() {
        return on_loop([this] { return server_->under_way(); });
    }
    /// For handlers.
    std::size_t under_way_here() const { return server_->under_way(); }
    std::size_t receiving() {
        return on_loop([this] { return server_->receiving_bytes(); });
    }

    void renew_tls() {
        on_loop([this] { server_->renew_tls(); });
    }

    /// What the server reports when it has drained.
    std::future<std::size_t> drain(std::chrono::milliseconds limit) {
        auto promise = std::make_shared<std::promise<std::size_t>>();
        on_loop([&] {
            server_->drain(limit, [promise](std::size_t left) { promise->set_value(left); });
        });
        return promise->get_future();
    }

private:
    recording_log log_;
    std::unique_ptr<transport::http_server> server_;
    std::uint16_t port_ = 0;
};

}  // namespace hipchat::testing
