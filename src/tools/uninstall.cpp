#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "protocol/url.hpp"
#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

struct uninstall_options {
    host_and_room where;
    std::string key;
};

task<outcome> uninstall(host_connection& host, uninstall_options options) {
    const std::string integration = "/integrations/" + protocol::percent_encode(options.key);
    std::string path = room_path(options.where.room, integration);
    co_await host.remove(std::move(path));
    std::cout << options.key << " is no longer installed in " << options.where.room << ".\n";
    co_return outcome::done;
}

}  // namespace

void add_uninstall_command(CLI::App& app, outcome& result) {
    auto options = std::make_shared<uninstall_options>();
    CLI::App* command = app.add_subcommand("uninstall", "Remove an add-on from a room");
    command->add_option("KEY", options->key, "Key of the add-on")->required();
    add_host_and_room(*command, options->where);
    command->callback([options, &result] {
        const auto run = [options](host_connection& host) { return uninstall(host, *options); };
        result = run_with_host(options->where.host, run);
    });
}

}  // namespace hipchat::tools
