#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tools/host_connection.hpp"

namespace hipchat::tools {

// Each adds one subcommand to `app`. When the command line names it, it runs once everything is
// parsed and leaves its outcome in `result`, which must outlive the parsing.
void add_host_command(CLI::App& app, outcome& result);
void add_install_command(CLI::App& app, outcome& result);
void add_uninstall_command(CLI::App& app, outcome& result);
void add_trigger_command(CLI::App& app, outcome& result);
void add_log_command(CLI::App& app, outcome& result);
void add_backup_command(CLI::App& app, outcome& result);
void add_restore_command(CLI::App& app, outcome& result);
void add_import_command(CLI::App& app, outcome& result);

/// What every command that talks to a host is told.
struct host_and_room {
    host_address host = {};
    std::string room;
};

/// Adds --host, --token-file and --room.
void add_host_and_room(CLI::App& command, host_and_room& where);

}  // namespace hipchat::tools
