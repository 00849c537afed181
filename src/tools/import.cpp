#include "host/import/import.hpp"

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "hipchat/errors.hpp"
#include "tools/commands.hpp"

namespace hipchat::tools {
namespace {

struct import_command {
    host::import_options options;
    std::string report_file;
};

outcome run_import(import_command given) {
    given.options.progress = [](std::string_view line) { std::cerr << line << '\n'; };
    try {
        const host::import_report report =
            host::import_archive(given.options, system_clock().now());
        std::cout << report.text();
        if (given.report_file.empty()) return outcome::done;
        std::ofstream to(given.report_file);
        to << json::serialize(report.to_json()) << '\n';
        if (to.flush()) return outcome::done;
        std::cerr << "The report cannot be written to " << given.report_file << ".\n";
    } catch (const std::exception& failed) {
        std::cerr << "The import ended: " << failed.what()
                  << "\nWhat was taken until then is there; importing again adds the rest.\n";
    }
    return outcome::refused;
}

}  // namespace

void add_import_command(CLI::App& app, outcome& result) {
    auto given = std::make_shared<import_command>();
    CLI::App* command =
        app.add_subcommand("import", "Take people, rooms and histories over from a HipChat export");
    command->add_option("--data", given->options.data_folder, "Folder of a host that does not run")
        ->required();
    command->add_option("--report", given->report_file,
                        "File for what was and was not taken, as JSON");
    command
        ->add_option("--source", given->options.source,
                     "Name of the group that was exported, if there are several")
        ->capture_default_str();
    command->add_option("ARCHIVE", given->options.archive, "tar or tar.gz of the export")
        ->required()
        ->check(CLI::ExistingFile);
    command->callback([given, &result] { result = run_import(*given); });
}

}  // namespace hipchat::tools
