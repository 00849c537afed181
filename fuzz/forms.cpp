#include <string>

#include "property.hpp"
#include "protocol/form.hpp"
#include "protocol/oauth.hpp"
#include "protocol/url.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

void check_encoding(std::string_view text) {
    const std::string encoded = protocol::percent_encode(text);
    require(encoded.find_first_of("&=+# \r\n") == std::string::npos, "an encoded value is inert");
    require(protocol::form_value("a=1&signed_request=" + encoded + "&b=2", "signed_request")
                == std::string(text),
            "what was encoded is found and decoded");
}

void check_fields(std::string_view form) {
    const auto fields = protocol::read_form(form);
    if (!fields) return;
    std::string written;
    for (const auto& [name, value] : *fields) {
        require(!name.empty(), "a field has a name");
        written.append("&").append(protocol::percent_encode(name)).append("=");
        written.append(protocol::percent_encode(value));
    }
    require(protocol::read_form(written) == fields, "written fields are read as the same");
    for (const auto& [name, value] : *fields)
        require(protocol::form_value(written, name).has_value(), "a field is found by its name");
}

void check_path(std::string_view path) {
    const auto decoded = protocol::percent_decode(path);
    if (!decoded) return;
    require(decoded->find('\0') == std::string::npos, "a path has no zero byte");
    require(protocol::percent_decode(protocol::percent_encode(*decoded)) == decoded,
            "what was encoded is decoded as the same");
}

void check_basic(std::string_view header) {
    const protocol::basic_credentials found = protocol::parse_basic_authorization(header);
    if (found.id.empty()) return;
    const secret written = protocol::write_basic_authorization(found.id, found.password);
    const protocol::basic_credentials again = protocol::parse_basic_authorization(written.reveal());
    require(again.id == found.id && again.password == found.password,
            "written credentials are the same");
}

}  // namespace

void forms(std::string_view input) {
    const auto [name, form] = split(input, '\n');
    if (const auto value = protocol::form_value(form, name))
        require(value->size() <= form.size(), "decoding does not grow");
    check_fields(form);
    check_path(input);
    check_encoding(input);
    check_basic(input);
    check_basic("Basic " + std::string(input));
}

}  // namespace hipchat::fuzz
