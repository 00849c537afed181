#include "host/host.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/spawn.hpp"
#include "hipchat/errors.hpp"
#include "tools/commands.hpp"
#include "transport/trusted_proxies.hpp"

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

// Where metrics are, who may come in, and what to do about it.
void say_the_rest(const host::host& running) {
    if (const std::uint16_t port = running.metrics_port(); port != 0)
        std::cout << "Metrics: port " << port << ", /metrics\n" << std::flush;
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

// What the command line says beside the options of the host itself.
struct host_command {
    host::host_options options;
    std::vector<std::string> proxies;
    std::string metrics_token_file;
    log_format format = log_format::text;
};

secret token_in(const std::string& file) {
    std::ifstream from(file);
    std::string token;
    std::getline(from, token);
    if (token.empty())
        throw config_error("--metrics-token-file: " + file
                           + " has no first line; write the token into it");
    return secret(std::move(token));
}

host::host_options completed(host_command given) {
    host::host_options options = std::move(given.options);
    options.outbound = transport::http_client_options_from_environment();
    for (const std::string& each : given.proxies)
        options.trusted_proxies += each + ' ';
    try {
        const transport::trusted_proxies readable(options.trusted_proxies);
    } catch (const config_error& wrong) {
        throw config_error(std::string("--trusted-proxy: ") + wrong.what());
    }
    if (!given.metrics_token_file.empty())
        options.metrics.token = token_in(given.metrics_token_file);
    return options;
}

// The certificate is most likely renewed by another program, which tells this one.
void renew_certificate_on_hangup(transport::io_loop& loop, host::host& running, logger& log,
                                 bool has_tls) {
    loop.on_hangup([&running, &log, has_tls] {
        if (!has_tls) return;
        try {
            running.renew_tls();
            log.info("the certificate was read again");
        } catch (const error& failed) {
            log.error("the certificate stays as it was", {{"why", failed.what()}});
        }
    });
}

outcome serve(host_command given) {
    logger& log = stderr_logger(log_level::info, given.format);
    host::host_options options = completed(std::move(given));
    const std::string address = options.address;
    const bool has_tls = !options.tls.empty();
    transport::io_loop loop;
    host::host running(loop, log, system_clock(), std::move(options));
    host_connection own(loop, "http://" + reachable(address) + ":" + std::to_string(running.port()),
                        running.shell_token());
    renew_certificate_on_hangup(loop, running, log, has_tls);
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
            say_the_rest(running);
            return;
        }
        std::cerr << "The host does not answer itself.\n";
        result = outcome::refused;
        loop.stop();
    };
    // With TLS it cannot know under which name its certificate lets it ask itself.
    loop.post([&] {
        if (!has_tls) {
            spawn(announce(own, running.base_url()), announced);
            return;
        }
        std::cout << "HipChat host: " << running.base_url() << '\n';
        say_the_rest(running);
    });
    loop.run();
    return result;
}

void add_operation_options(CLI::App& command, host_command& given) {
    command.add_option("--tls-cert", given.options.tls.certificate,
                       "PEM file of the certificate and those that vouch for it");
    command.add_option("--tls-key", given.options.tls.key, "PEM file of its key");
    command.add_option("--trusted-proxy", given.proxies,
                       "Address or block of a proxy whose X-Forwarded-For or Forwarded is "
                       "believed; may be given again");
    command.add_option("--metrics-port", given.options.metrics.port,
                       "Port for /metrics in Prometheus' format; none if not given");
    command
        .add_option("--metrics-address", given.options.metrics.address,
                    "Numeric address for it; beyond this machine a token is needed")
        ->capture_default_str();
    command.add_option("--metrics-token-file", given.metrics_token_file,
                       "File with the token that whoever asks for metrics must show");
    const std::map<std::string, log_format> formats{{"text", log_format::text},
                                                    {"json", log_format::json}};
    command.add_option("--log", given.format, "How lines of the log are written: text or json")
        ->transform(CLI::CheckedTransformer(formats))
        ->default_str("text");
    command.add_flag("--log-requests", given.options.logs_requests, "A line for every request");
}

}  // namespace

void add_host_command(CLI::App& app, outcome& result) {
    auto given = std::make_shared<host_command>();
    host::host_options* const options = &given->options;
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
    add_operation_options(*command, *given);
    command->callback([given, &result] {
        try {
            result = serve(std::move(*given));
        } catch (const error& failed) {
            std::cerr << "The host cannot start: " << failed.what() << '\n';
            result = outcome::refused;
        }
    });
}

}  // namespace hipchat::tools
