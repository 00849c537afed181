#include "transport/io_loop.hpp"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/system/error_code.hpp>
#include <csignal>
#include <utility>

#include "transport/asio_context.hpp"

namespace hipchat::transport {
namespace {

using boost::system::error_code;

struct posted {
    std::weak_ptr<io_loop::context> loop;
    std::function<void()> work;

    void operator()() const {
        const auto living = loop.lock();
        if (living && !living->closed) work();
    }
};

struct elapsed {
    std::weak_ptr<io_loop::context> loop;
    event_loop::timer name;

    void operator()(error_code) const {
        const auto context = loop.lock();
        if (!context || !context->calls) return;
        const auto found = context->calls->find(name);
        if (found == context->calls->end()) return;
        const auto work = std::move(found->second.work);
        context->calls->erase(found);
        work();  // which may end the loop: `context` lives until this returns
    }
};

// Works even when the loop is stuck, and as process 1, for whom the default action is to go on.
void end_at_once(int signal) {
    _exit(128 + signal);
}

struct terminated {
    io_loop::context* context;

    void operator()(error_code failed, int signal) const {
        if (failed) return;
        error_code ignored;
        context->signals->clear(ignored);
        struct sigaction second = {};
        second.sa_handler = end_at_once;
        sigaction(SIGINT, &second, nullptr);
        sigaction(SIGTERM, &second, nullptr);
        context->ended(signal);
    }
};

struct hung_up {
    io_loop::context* context;

    void operator()(error_code failed, int) const {
        if (failed) return;
        context->hangups->async_wait(*this);
        context->again();
    }
};

}  // namespace

io_loop::io_loop() : context_(std::make_shared<context>()) {
}

io_loop::io_loop(boost::asio::io_context& of_somebody)
    : context_(std::make_shared<context>(of_somebody)) {
}

io_loop::~io_loop() {
    context_->close();
}

void io_loop::run() {
    context_->io.run();
}

void io_loop::stop() {
    context_->io.stop();
}

void io_loop::post(std::function<void()> work) {
    asio::post(context_->io.get_executor(), posted{context_, std::move(work)});
}

event_loop::timer io_loop::call_after(std::chrono::nanoseconds delay, std::function<void()> work) {
    if (!context_->calls) return ++context_->last;
    const timer name = ++context_->last;
    context::pending_call call{steady_timer(context_->io.get_executor()), std::move(work)};
    call.elapsed.expires_after(delay);
    steady_timer& waiting = context_->calls->emplace(name, std::move(call)).first->second.elapsed;
    waiting.async_wait(elapsed{context_, name});
    return name;
}

void io_loop::cancel(timer pending) {
    if (context_->calls) context_->calls->erase(pending);
}

void io_loop::on_termination(std::function<void(int)> ended) {
    context_->ended = std::move(ended);
    context_->signals.emplace(context_->io.get_executor(), SIGINT, SIGTERM);
    context_->signals->async_wait(terminated{context_.get()});
}

void io_loop::on_hangup(std::function<void()> again) {
    context_->again = std::move(again);
    context_->hangups.emplace(context_->io.get_executor(), SIGHUP);
    context_->hangups->async_wait(hung_up{context_.get()});
}

}  // namespace hipchat::transport
