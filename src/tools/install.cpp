#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

struct install_options {
    host_and_room where;
    std::string url;
    bool yes = false;
};

void print_addon(const json::value& addon) {
    std::cout << text_member(addon, "name") << " (" << text_member(addon, "key") << ")\n";
    const std::string description = text_member(addon, "description");
    if (!description.empty()) std::cout << description << '\n';

    const json::array& scopes = array_member(addon, "scopes");
    std::cout << (scopes.empty() ? "It asks for no rights.\n" : "It asks for the right to:\n");
    for (const json::value& scope : scopes) {
        std::cout << "  - " << text_member(scope, "name");
        const std::string words = text_member(scope, "description");
        std::cout << (words.empty() ? "" : ": ") << words << '\n';
    }
    for (const json::value& finding : array_member(addon, "findings"))
        std::cout << text_member(finding, "level") << ": " << text_member(finding, "member") << ": "
                  << text_member(finding, "rule") << '\n';
    std::cout << std::flush;
}

// A script has decided already; a person is asked.
bool agreed(const install_options& options) {
    if (options.yes || isatty(STDIN_FILENO) == 0) return true;
    std::cout << "Install it in " << options.where.room << "? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

task<outcome> install(host_connection& host, install_options options) {
    const json::value question = json::object{{"url", options.url}};
    const json::value read = co_await host.post("/api/descriptors", question);
    const json::value& addon = member(read, "descriptor");
    print_addon(addon);
    if (!agreed(options)) {
        std::cout << "Not installed.\n";
        co_return outcome::refused;
    }

    json::array scopes;
    for (const json::value& scope : array_member(addon, "scopes"))
        scopes.emplace_back(member(scope, "id"));
    const json::value order =
        json::object{{"url", member(addon, "url")}, {"scopes", std::move(scopes)}};
    std::string path = room_path(options.where.room, "/integrations");
    co_await host.post(std::move(path), order);
    std::cout << "Installed in " << options.where.room << ".\n";
    co_return outcome::done;
}

}  // namespace

void add_install_command(CLI::App& app, outcome& result) {
    auto options = std::make_shared<install_options>();
    CLI::App* command = app.add_subcommand(
        "install", "Install an add-on into a room, showing first what it asks for");
    command->add_option("URL", options->url, "Address of the add-on's descriptor")->required();
    add_host_and_room(*command, options->where);
    command->add_flag("--yes", options->yes, "Agree to what it asks for without being asked");
    command->callback([options, &result] {
        const auto run = [options](host_connection& host) { return install(host, *options); };
        result = run_with_host(options->where.host, run);
    });
}

}  // namespace hipchat::tools
