#include "hipchat/run.hpp"

#include <unistd.h>

#include <array>
#include <iostream>
#include <string>
#include <vector>

#include "addon/command_line.hpp"
#include "addon/environment.hpp"
#include "addon/process/process.hpp"
#include "addon/settings.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"
#include "protocol/url.hpp"

namespace hipchat {
namespace {

std::string host_name() {
    std::array<char, 256> name{};  // one byte more than is filled: it ends with zero
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "this-machine";
}

void print_banner(const addons::settings& given, const addons::process& running) {
    // Of one add-on alone, its own; it may lie below that of the process.
    const std::string& base =
        running.size() == 1 ? running.at(0).described().base_url : running.base_url();
    const std::string line(38, '-');
    std::cout << line << "\nPublic descriptor base URL: " << base << '\n' << line << '\n';
    for (std::size_t i = 0; running.size() > 1 && i < running.size(); ++i)
        std::cout << running.at(i).described().value.name << ": "
                  << running.at(i).described().base_url << '\n';
    const auto url = protocol::parse_web_url(base);
    const bool loopback_url = url && protocol::is_loopback_name(url->host);
    if (loopback_url && !protocol::is_loopback_name(given.bind))
        std::cout << "Others reach it under this machine's own name: set AC_BASE_URL, for example "
                     "to http://"
                  << host_name() << ":" << running.port() << '\n';
    if (running.hosts().loopback_by_default())
        std::cout << "For development: hosts on this machine may install it, because its base URL "
                     "is on this machine.\n";
    std::cout << std::flush;
}

// Serves until a signal; 0 after a drain, 1 if the start failed on the loop.
int serve(const std::vector<const detail::declaration*>& programs, const addons::settings& given,
          logger& log) {
    transport::io_loop loop;
    addons::process running(loop, programs, given, log, system_clock());
    int result = 0;
    loop.on_termination([&](int) {
        log.info("draining");
        running.drain([&](std::size_t left) {
            if (left > 0) log.error("ended with work under way", {{"left", left}});
            loop.stop();
        });
    });
    spawn(running.begin(), [&](std::exception_ptr failure) {
        if (!failure) {
            print_banner(given, running);
            return;
        }
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            std::cerr << "cannot start: " << error.what() << '\n';
        }
        result = 1;
        loop.stop();
    });
    loop.run();
    return result;
}

int start(const addons_to_run& programs, const addons::settings& given) {
    logger& log = stderr_logger(given.debug ? log_level::debug : log_level::info,
                                given.log_json ? log_format::json : log_format::text);
    for (const std::string& name : addons::unknown_settings(addons::variable_names()))
        log.warning("a setting of this name does not exist", {{"variable", name}});
    std::vector<const detail::declaration*> declared;
    for (const addon& each : programs)
        declared.push_back(&each.declared());
    return serve(declared, given, log);
}

}  // namespace

int run(addon& program) {
    return run(addons_to_run{program});
}

int run(addon& program, int argc, const char* const* argv) {
    return run(addons_to_run{program}, argc, argv);
}

int run(const addons_to_run& programs) {
    const std::array<const char*, 1> no_arguments{"addon"};
    return run(programs, 1, no_arguments.data());
}

int run(const addons_to_run& programs, int argc, const char* const* argv) {
    try {
        addons::settings given;
        read_environment(given, addons::variable);
        if (const auto exit_code = addons::read_command_line(given, argc, argv)) return *exit_code;
        return start(programs, given);
    } catch (const std::exception& failed) {
        std::cerr << "cannot start: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace hipchat
