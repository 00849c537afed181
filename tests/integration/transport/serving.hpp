#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "base/spawn.hpp"
#include "support/recording_log.hpp"
#include "transport/http_server.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::testing {

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
    std::invoke_result_t<Function&> on_loop(Function function) {
        std::packaged_task<std::invoke_result_t<Function&>()> work(std::move(function));
        auto result = work.get_future();
        loop_.post([&work] { work(); });
        return result.get();
    }

    /// Runs the task that `function` makes to its end on the loop; its result, or what it threw.
    template <class Function>
    auto await(Function function) {
        using value = typename std::invoke_result_t<Function&>::value_type;
        std::promise<value> promise;
        auto future = promise.get_future();
        loop_.post([&] { spawn(fulfil(function, promise), [](const std::exception_ptr&) {}); });
        return future.get();
    }

private:
    template <class Function, class Value>
    static task<> fulfil(Function& function, std::promise<Value>& promise) {
        try {
            auto work = function();
            if constexpr (std::is_void_v<Value>) {
                co_await work;
                promise.set_value();
            } else {
                promise.set_value(co_await work);
            }
        } catch (...) {
            promise.set_exception(std::current_exception());
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
