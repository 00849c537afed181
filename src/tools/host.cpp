#include "host/host.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/spawn.hpp"
#include "hipchat/errors.hpp"
#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

// How long SIGTERM waits for deliveries under way.
constexpr std::chrono::seconds drain_limit{5};

task<> announce(host_connection& own, std::string base_url) {
    const json::value answer = co_await own.get("/api/rooms");
    std::cout << "HipChat host: " << base_url << '\n';
    for (const json::value& room : array_member(answer, "rooms"))
        std::cout << "Room: " << base_url << "/rooms/" << number_member(room, "id") << '\n';
    std::cout << std::flush;
}

// Who may come in, and what to do about it.
void say_who_enters(const host::host& running) {
    if (running.has_accounts()) return;
    if (const std::string setup = running.setup_url(); !setup.empty())
        std::cout << "The group has no owner yet. Become it, with this link: " << setup << '\n';
    else
        std::cout << "There are no accounts yet: whoever is on this machine can enter as anyone. "
                     "To have some, open "
                  << running.base_url() << "/setup\n";
    std::cout << std::flush;
}

// Where this program reaches itself.
std::string reachable(const std::string& address) {
    if (address == "0.0.0.0" || address.starts_with("127.")) return "127.0.0.1";
    if (address == "::" || address == "::1") return "[::1]";
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

void add_days(CLI::App& command, const char* name, std::chrono::days& into, const char* help) {
    command
        .add_option_function<int>(
            name, [&into](int days) { into = std::chrono::days(days); }, help)
        ->check(CLI::Range(0, 36'500))
        ->default_str("0");
}

outcome serve(host::host_options options) {
    const std::string address = options.address;
    options.outbound = transport::http_client_options_from_environment();
    logger& log = stderr_logger();
    transport::io_loop loop;
    host::host running(loop, log, system_clock(), std::move(options));
    host_connection own(loop, "http://" + reachable(address) + ":" + std::to_string(running.port()),
                        running.shell_token());
    outcome result = outcome::done;
    loop.on_termination([&](int) {
        log.info("stopping");
        running.stop(drain_limit, [&](std::size_t left) {
            if (left > 0) log.warning("ended with work under way", {{"left", left}});
            loop.stop();
        });
    });
    const auto announced = [&](const std::exception_ptr& failure) {
        if (!failure) {
            say_who_enters(running);
            return;
        }
        std::cerr << "The host does not answer itself.\n";
        result = outcome::refused;
        loop.stop();
    };
    loop.post([&] { spawn(announce(own, running.base_url()), announced); });
    loop.run();
    return result;
}

}  // namespace

void add_host_command(CLI::App& app, outcome& result) {
    auto options = std::make_shared<host::host_options>();
    CLI::App* command = app.add_subcommand("host", "Run a host: rooms in the browser, add-ons");
    command->add_option("--port", options->port, "Port to listen on; 0 picks a free one")
        ->capture_default_str();
    command
        ->add_option("--address", options->address,
                     "Numeric address to listen on; beyond this machine people must sign in")
        ->capture_default_str();
    command->add_option("--data", options->data_folder, "Folder for rooms and people; created")
        ->required();
    command->add_option("--base-url", options->base_url,
                        "Address under which browsers and add-ons reach it; "
                        "http://localhost:PORT if not given");
    command
        ->add_option("--dev", options->assets_folder,
                     "Read the pages from this folder each time, for work on them")
        ->check(CLI::ExistingDirectory);
    add_days(*command, "--keep-messages", options->retention.messages,
             "Days after which what was said is removed; 0 keeps it for ever");
    add_days(*command, "--keep-files", options->retention.files,
             "Days after which shared files are removed; 0 keeps them for ever");
    command->callback([options, &result] {
        try {
            result = serve(std::move(*options));
        } catch (const error& failed) {
            std::cerr << "The host cannot start: " << failed.what() << '\n';
            result = outcome::refused;
        }
    });
}

}  // namespace hipchat::tools
