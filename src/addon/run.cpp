#include "hipchat/run.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "addon/command_line.hpp"
#include "addon/service.hpp"
#include "addon/settings.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"
#include "protocol/url.hpp"

namespace hipchat {
namespace {

std::optional<std::string> variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

std::vector<std::string> variable_names() {
    std::vector<std::string> names;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view line(*entry);
        names.emplace_back(line.substr(0, line.find('=')));
    }
    return names;
}

std::string host_name() {
    std::array<char, 256> name{};  // one byte more than is filled: it ends with zero
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "this-machine";
}

void print_banner(const addons::settings& given, const addons::service& running) {
    const std::string& base = running.described().base_url;
    const std::string line(38, '-');
    std::cout << line << "\nPublic descriptor base URL: " << base << '\n' << line << '\n';
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
int serve(const detail::declaration& declared, const addons::settings& given, logger& log) {
    transport::io_loop loop;
    addons::service running(loop, declared, given, log, system_clock());
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

int start(addon& program, addons::settings given) {
    logger& log = stderr_logger(given.debug ? log_level::debug : log_level::info);
    for (const std::string& name : addons::unknown_settings(variable_names()))
        log.warning("a setting of this name does not exist", {{"variable", name}});
    return serve(program.declared(), given, log);
}

}  // namespace

int run(addon& program) {
    const std::array<const char*, 1> no_arguments{"addon"};
    return run(program, 1, no_arguments.data());
}

int run(addon& program, int argc, const char* const* argv) {
    try {
        addons::settings given;
        read_environment(given, variable);
        if (const auto exit_code = addons::read_command_line(given, argc, argv)) return *exit_code;
        return start(program, std::move(given));
    } catch (const std::exception& failed) {
        std::cerr << "cannot start: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace hipchat
