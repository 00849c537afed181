// An add-on that ends itself by SIGKILL at a step of an install or uninstall.
//
//   crash_addon STORE STEP    STEP: the number of the step, from 1; 0: none
//
// It prints, a line each: "port N" once it serves, "step NAME" for every step just before it is
// done, "installed ID" and "uninstalled ID" from its handlers. Its durable handler prints "ran
// TEXT" and then "ended TEXT" for messages that begin with /keep; the first attempt of one that
// begins with /keep hang never ends.

#include <unistd.h>

#include <coroutine>
#include <csignal>
#include <cstdlib>
#include <span>
#include <string>

#include "addon/process/process.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"

namespace {

// One system call a line, so that no line is ever torn.
void print(const std::string& line) {
    const std::string ended = line + "\n";
    if (::write(STDOUT_FILENO, ended.data(), ended.size()) != std::ssize(ended)) std::abort();
}

hipchat::addon made_addon() {
    hipchat::addon program{{
        .key = "crash-addon",
        .name = "Crash",
        .scopes = {hipchat::scope::send_notification},
    }};
    program.on_room_enter([](hipchat::room_enter& event) -> hipchat::task<> {
        co_await event.room().send_notification("hi: " + event.sender().name());
    });
    program
        .on_message("^/keep",
                    [](hipchat::room_message& event) -> hipchat::task<> {
                        const std::string text = event.text();
                        print("ran " + text);
                        if (text.starts_with("/keep hang") && event.attempt() == 1)
                            co_await std::suspend_always();
                        print("ended " + text);
                    })
        .durable();
    program.on_installed(
        [](hipchat::installed& event) { print("installed " + event.tenant().oauth_id()); });
    program.on_uninstalled(
        [](hipchat::uninstalled& event) { print("uninstalled " + event.tenant().oauth_id()); });
    return program;
}

int serve_until_killed(const std::string& store, int fatal_step) {
    const hipchat::addon program = made_addon();
    hipchat::addons::settings given;
    given.port = 0;
    given.store = store;
    int steps = 0;
    const auto observe = [&](std::string_view step) {
        print("step " + std::string(step));
        if (++steps == fatal_step) ::raise(SIGKILL);
    };
    hipchat::transport::io_loop loop;
    hipchat::addons::process running(loop, {&program.declared()}, given, hipchat::null_logger(),
                                     hipchat::system_clock(), observe);
    hipchat::spawn(running.begin(), [&](std::exception_ptr failure) {
        if (failure) std::abort();
        print("port " + std::to_string(running.port()));
    });
    loop.run();
    return 0;
}

}  // namespace

int main(int count, char** values) {
    const std::span<char*> arguments(values, static_cast<std::size_t>(count));
    if (arguments.size() != 3) return 2;
    return serve_until_killed(arguments[1], std::atoi(arguments[2]));
}
