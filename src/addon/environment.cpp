#include "addon/environment.hpp"

#include <unistd.h>

#include <cstdlib>

namespace hipchat::addons {

std::optional<std::string> variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

std::vector<std::string> variable_names() {
    std::vector<std::string> names;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view line(*entry);
        names.emplace_back(line.substr(0, line.find('=')));
    }
    return names;
}

}  // namespace hipchat::addons
