#include "transport/afterwards.hpp"

#include <exception>
#include <utility>

#include "base/describe.hpp"
#include "base/detached.hpp"

namespace hipchat::transport {
namespace {

// `work` may be a lambda whose coroutine uses its captures: it lives here until the end.
detached run_afterwards(std::shared_ptr<http_server::impl> server, std::function<task<>()> work) {
    server->begin_work();
    server->begin_handling();
    std::exception_ptr failure;
    try {
        task<> working = work();
        co_await working;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) server->log.error("work after an answer failed", {{"error", describe(failure)}});
    server->end_handling();
    server->end_work();
}

}  // namespace

void start_afterwards(std::shared_ptr<http_server::impl> server, std::function<task<>()> work) {
    run_afterwards(std::move(server), std::move(work));
}

}  // namespace hipchat::transport
