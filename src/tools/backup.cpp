#include "host/backup/backup.hpp"

#include <iostream>
#include <memory>
#include <string>

#include "hipchat/errors.hpp"
#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

struct folders {
    std::string data;
    std::string backup;
};

// Runs `work`; what it throws is printed and becomes an outcome.
template <class Work>
outcome reported(const char* what, const Work& work) {
    try {
        work();
        return outcome::done;
    } catch (const std::exception& failed) {
        std::cerr << what << ": " << failed.what() << '\n';
        return outcome::refused;
    }
}

std::string counted(std::size_t files) {
    return std::to_string(files) + (files == 1 ? " file" : " files");
}

void take(const folders& named) {
    const host::backup_report report = host::take_backup(named.data, named.backup);
    for (const std::string& id : report.lost)
        std::cerr << "The host has lost the file " << id << "; the backup is without it.\n";
    std::cout << "Backup: " << named.backup << " (" << counted(report.files) << ")\n"
              << "It holds secrets of add-ons: keep it where only you can read it.\n";
}

void put_back(const folders& named) {
    const host::backup_report report = host::restore_backup(named.backup, named.data);
    std::cout << "Restored: " << named.data << " (" << counted(report.files) << ")\n";
}

}  // namespace

void add_backup_command(CLI::App& app, outcome& result) {
    auto named = std::make_shared<folders>();
    CLI::App* command = app.add_subcommand("backup", "Copy a host's data, while it runs or not");
    command->add_option("--data", named->data, "Folder of the host's data")->required();
    command->add_option("TO", named->backup, "Folder of the backup; must not exist")->required();
    command->callback(
        [named, &result] { result = reported("No backup was made", [&] { take(*named); }); });
}

void add_restore_command(CLI::App& app, outcome& result) {
    auto named = std::make_shared<folders>();
    CLI::App* command = app.add_subcommand("restore", "Make a host's data folder of a backup");
    command->add_option("--data", named->data, "Folder for the data; missing or empty")->required();
    command->add_option("FROM", named->backup, "Folder of the backup")->required();
    command->callback(
        [named, &result] { result = reported("Nothing was restored", [&] { put_back(*named); }); });
}

}  // namespace hipchat::tools
