#include <optional>
#include <string>

#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "property.hpp"
#include "protocol/descriptor.hpp"
#include "same_json.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

std::optional<descriptor> read(std::string_view text, bool partial) {
    try {
        return protocol::read_descriptor(text, partial);
    } catch (const protocol_error&) {
        return std::nullopt;
    }
}

void check(std::string_view text, bool partial) {
    const auto value = read(text, partial);
    if (!value) return;
    for (const protocol::lint_finding& found : protocol::lint(*value))
        require(!found.rule.empty(), "a finding says what to do");
    const json::object once = protocol::write_descriptor(*value);
    const auto again = read(json::serialize(once), partial);
    require(again.has_value(), "a written descriptor is accepted");
    require(same(protocol::write_descriptor(*again), once),
            "a written descriptor is read as the same");
}

}  // namespace

void descriptors(std::string_view input) {
    check(input, false);
    check(input, true);
}

}  // namespace hipchat::fuzz
