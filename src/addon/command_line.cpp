#include "addon/command_line.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>

#include "hipchat/errors.hpp"
#include "hipchat/version.hpp"

namespace hipchat::addons {

std::optional<int> read_command_line(settings& values, int argc, const char* const* argv) {
    CLI::App program{"A HipChat Connect add-on. Every option is also an environment variable."};
    program.set_version_flag("--version", HIPCHAT_VERSION);
    for (const setting& row : all_settings()) {
        const auto assign = [&values, &row](const std::string& text) {
            try {
                row.assign(values, text);
            } catch (const config_error& wrong) {
                throw CLI::ValidationError(std::string(row.flag), wrong.what());
            }
        };
        program.add_option_function<std::string>(
            std::string(row.flag), assign,
            std::string(row.meaning) + " (" + std::string(row.variable) + ")");
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& ending) {
        return program.exit(ending) == 0 ? 0 : 2;
    }
    return std::nullopt;
}

}  // namespace hipchat::addons
