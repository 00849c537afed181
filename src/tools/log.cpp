#include <cstdint>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

struct log_options {
    host_and_room where;
    bool follow = false;
    bool as_json = false;
};

// A body under its exchange, each of its lines behind a mark.
void print_body(std::string_view mark, std::string_view body) {
    while (!body.empty()) {
        const std::size_t end = body.find('\n');
        std::cout << "    " << mark << ' ' << body.substr(0, end) << '\n';
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    }
}

// 2015-01-20T22:45:06.662545+00:00  host -> greeter  webhook  POST http://…  204  3 ms
//     > what was sent
//     < what was answered
void print_exchange(const json::value& exchange) {
    const bool to_addon = text_member(exchange, "direction") == "to_addon";
    // Whoever reads the capabilities need not say who it is.
    std::string addon = text_member(exchange, "addon_key");
    if (addon.empty()) addon = "someone";
    const std::int64_t status = number_member(exchange, "status");
    std::cout << text_member(exchange, "at") << "  " << (to_addon ? "host -> " : "") << addon
              << (to_addon ? "" : " -> host") << "  " << text_member(exchange, "what") << "  "
              << text_member(exchange, "method") << ' ' << text_member(exchange, "url") << "  "
              << (status == 0 ? "no answer" : std::to_string(status)) << "  "
              << number_member(exchange, "ms") << " ms\n";
    print_body(">", text_member(exchange, "request"));
    print_body("<", text_member(exchange, "response"));
    print_body("!", text_member(exchange, "error"));
}

task<outcome> log(host_connection& host, log_options options) {
    std::int64_t cursor = 0;
    for (;;) {
        std::string path =
            room_path(options.where.room, "/traffic?after=" + std::to_string(cursor)
                                              + (options.follow ? "&wait=30" : "&wait=0"));
        const json::value answer = co_await host.get(std::move(path));
        const json::array& exchanges = array_member(answer, "exchanges");
        for (const json::value& exchange : exchanges) {
            if (options.as_json)
                std::cout << exchange << '\n';
            else
                print_exchange(exchange);
        }
        std::cout << std::flush;
        cursor = number_member(answer, "cursor");
        // The host gives them in portions.
        if (exchanges.empty() && !options.follow) co_return outcome::done;
    }
}

}  // namespace

void add_log_command(CLI::App& app, outcome& result) {
    auto options = std::make_shared<log_options>();
    CLI::App* command =
        app.add_subcommand("log", "Show what the host and the add-ons of a room sent each other");
    add_host_and_room(*command, options->where);
    command->add_flag("--follow", options->follow, "Go on as more is sent, until Ctrl-C");
    command->add_flag("--json", options->as_json, "One JSON object a line, for programs");
    command->callback([options, &result] {
        const auto run = [options](host_connection& host) { return log(host, *options); };
        result = run_with_host(options->where.host, run);
    });
}

}  // namespace hipchat::tools
