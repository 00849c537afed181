#include "addon/tls_setting.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

constexpr std::string_view blanks = " \t";

// The next part of `text` before one of `separators`, and removes it; empty at the end.
std::string_view take_part(std::string_view& text, std::string_view separators) {
    text.remove_prefix(std::min(text.find_first_not_of(separators), text.size()));
    const std::string_view part = text.substr(0, text.find_first_of(separators));
    text.remove_prefix(part.size());
    return part;
}

[[noreturn]] void refuse(std::string_view what, const std::string& why) {
    throw config_error("'" + std::string(what) + "' " + why);
}

// A host name as URLs have it, without a port.
std::string host_in(std::string_view text) {
    const auto url = protocol::parse_web_url("https://" + std::string(text) + "/");
    if (!url || url->origin() != "https://" + std::string(text))
        refuse(text, "is not a host in lower case such as chat.example.com");
    return url->host;
}

std::string file_in(std::string_view path) {
    std::string name(path);
    const std::ifstream file(name);
    if (!file) refuse(path, "cannot be opened; name a PEM file that this program may read");
    return name;
}

void read_word(transport::host_tls& into, std::string_view word) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals);
    const std::string_view value = word.substr(std::min(equals + 1, word.size()));
    if (key == "ca")
        into.ca_file = file_in(value);
    else if (key == "cert")
        into.client_certificate = file_in(value);
    else if (key == "key")
        into.client_key = file_in(value);
    else if (key == "name")
        into.pinned_name = host_in(value);
    else
        refuse(word, "is none of ca=FILE, cert=FILE, key=FILE, name=NAME");
}

}  // namespace

std::vector<transport::host_tls> read_tls_setting(std::string_view text) {
    std::vector<transport::host_tls> found;
    while (!text.empty()) {
        std::string_view entry = take_part(text, ";");
        const std::string_view host = take_part(entry, blanks);
        if (host.empty()) continue;
        transport::host_tls one;
        one.host = host_in(host);
        if (std::ranges::find(found, one.host, &transport::host_tls::host) != found.end())
            refuse(host, "is there twice; give it one entry");
        for (std::string_view word; !(word = take_part(entry, blanks)).empty();)
            read_word(one, word);
        if (!one.client_key.empty() && one.client_certificate.empty())
            refuse(host, "has a key without a certificate; add cert=FILE");
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace hipchat::addons
