#include <exception>
#include <iostream>

#include "hipchat/version.hpp"
#include "tools/commands.hpp"

namespace hipchat::tools {

void add_host_and_room(CLI::App& command, host_and_room& where) {
    command.add_option("--host", where.host.url, "Address of the host")->capture_default_str();
    command
        .add_option("--token-file", where.host.token_file,
                    "shell-token in the data folder of a host with accounts")
        ->envname("HIPCHAT_TOKEN_FILE");
    command.add_option("--room", where.room, "Name or id of the room")->required();
}

namespace {

int run(int argc, const char* const* argv) {
    CLI::App app(
        "HipChat rooms on your own machine, and the add-ons in them.\n"
        "Exit codes: 0 done, 1 the host refused or what was expected did not come,\n"
        "2 wrong command line, 3 no host can be reached.",
        "hipchat-connect");
    app.set_version_flag("--version", "hipchat-connect " HIPCHAT_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(28);

    outcome result = outcome::done;
    add_host_command(app, result);
    add_install_command(app, result);
    add_uninstall_command(app, result);
    add_trigger_command(app, result);
    add_log_command(app, result);
    add_backup_command(app, result);
    add_restore_command(app, result);
    add_import_command(app, result);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        // --help and --version stop as well, with 0.
        return app.exit(stop) == 0 ? 0 : static_cast<int>(outcome::usage);
    }
    return static_cast<int>(result);
}

}  // namespace
}  // namespace hipchat::tools

int main(int argc, char** argv) {
    try {
        return hipchat::tools::run(argc, argv);
    } catch (const std::exception& failed) {
        std::cerr << failed.what() << '\n';
        return static_cast<int>(hipchat::tools::outcome::refused);
    }
}
