#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "hipchat/json.hpp"

namespace hipchat::test {

/// Text of a sample of the protocol, for example "install.room.json".
inline std::string fixture(const std::string& name) {
    const std::ifstream file(std::string(HIPCHAT_FIXTURES "/protocol/") + name);
    if (!file) throw std::runtime_error("no sample " + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline json::value fixture_json(const std::string& name) {
    return json::parse(fixture(name));
}

}  // namespace hipchat::test
