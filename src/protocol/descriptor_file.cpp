#include <fstream>
#include <sstream>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"

namespace hipchat {

descriptor descriptor_from_json(std::string_view text) {
    try {
        return protocol::read_descriptor(text, true);
    } catch (const protocol_error& flaw) {
        throw config_error(std::string("the descriptor is not usable: ") + flaw.what());
    }
}

descriptor descriptor_from_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file.is_open() || text.bad())
        throw config_error(path + " cannot be read; name a file with a JSON descriptor");
    try {
        return descriptor_from_json(text.view());
    } catch (const config_error& flaw) {
        throw config_error(path + ": " + flaw.what());
    }
}

}  // namespace hipchat
