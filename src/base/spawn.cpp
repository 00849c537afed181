#include "base/spawn.hpp"

#include <stdexcept>
#include <utility>

#include "base/detached.hpp"

namespace hipchat {
namespace {

detached drive(task<> work, std::function<void(std::exception_ptr)> ended) {
    std::exception_ptr failure;
    try {
        co_await work;
    } catch (...) {
        failure = std::current_exception();
    }
    ended(failure);
}

}  // namespace

void spawn(task<> work, std::function<void(std::exception_ptr)> ended) {
    drive(std::move(work), std::move(ended));
}

void run_ready(task<> work) {
    bool ended = false;
    std::exception_ptr failure;
    spawn(std::move(work), [&](std::exception_ptr error) {
        ended = true;
        failure = std::move(error);
    });
    if (!ended) throw std::logic_error("run_ready: the task waits for something outside itself");
    if (failure) std::rethrow_exception(failure);
}

}  // namespace hipchat
