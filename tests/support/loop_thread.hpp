#pragma once

#include <exception>
#include <functional>
#include <future>
#include <thread>
#include <type_traits>
#include <utility>

#include "base/spawn.hpp"
#include "hipchat/task.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::testing {

/// A loop on a thread of its own, so that a test can be written as one thing after another.
class loop_thread {
public:
    loop_thread() : thread_([this] { loop_.run(); }) {}
    loop_thread(const loop_thread&) = delete;
    loop_thread& operator=(const loop_thread&) = delete;
    ~loop_thread() {
        loop_.stop();
        thread_.join();
    }

    transport::io_loop& loop() noexcept { return loop_; }

    /// Runs `function` on the loop and waits for it; returns its result, throws what it threw.
    template <class Function>
    std::invoke_result_t<Function&> call(Function function) {
        using result = std::invoke_result_t<Function&>;
        std::promise<result> done;
        loop_.post([&] {
            try {
                if constexpr (std::is_void_v<result>) {
                    function();
                    done.set_value();
                } else {
                    done.set_value(function());
                }
            } catch (...) {
                done.set_exception(std::current_exception());
            }
        });
        return done.get_future().get();
    }

    /// Runs the task that `make` makes to its end; throws what it threw.
    template <class Make>
    void run(Make make) {
        std::promise<void> done;
        loop_.post([&] {
            spawn(make(), [&](std::exception_ptr failure) {
                if (failure)
                    done.set_exception(failure);
                else
                    done.set_value();
            });
        });
        done.get_future().get();
    }

private:
    transport::io_loop loop_;
    std::thread thread_;
};

}  // namespace hipchat::testing
