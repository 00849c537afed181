#include "host/core/modules.hpp"

#include <algorithm>
#include <array>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"

namespace hipchat::host {
namespace {

constexpr std::array<std::string_view, 5> kinds{"action", "dialog", "externalPage", "glance",
                                                "webPanel"};

bool is_in(const added_module& each, std::int64_t room_id) {
    return each.room_id == 0 || each.room_id == room_id;
}

// Adds a module to the document of a descriptor. Returns its path there.
std::string add_to(json::object& capabilities, const added_module& added) {
    json::value& list = capabilities[added.kind];
    if (!list.is_array()) list.emplace_array();
    json::array& all = list.get_array();
    all.push_back(added.document);
    return "capabilities." + added.kind + "[" + std::to_string(all.size() - 1) + "]";
}

}  // namespace

bool is_module_kind(std::string_view kind) noexcept {
    return std::ranges::find(kinds, kind) != kinds.end();
}

descriptor described_in(const client& who, std::int64_t room_id) {
    if (std::ranges::none_of(who.modules, [&](const auto& each) { return is_in(each, room_id); }))
        return who.descriptor;
    json::object document = protocol::write_descriptor(who.descriptor);
    json::object& capabilities = document.at("capabilities").as_object();
    for (const added_module& each : who.modules)
        if (is_in(each, room_id)) add_to(capabilities, each);
    return protocol::read_descriptor(json::serialize(document));
}

void check_module(const client& who, const added_module& added) {
    client others = who;
    std::erase_if(others.modules, [&](const added_module& each) {
        return each.kind == added.kind && each.key == added.key && each.room_id == added.room_id;
    });
    json::object document = protocol::write_descriptor(described_in(others, added.room_id));
    const std::string path = add_to(document.at("capabilities").as_object(), added);
    const descriptor whole = protocol::read_descriptor(json::serialize(document));
    for (const protocol::lint_finding& each : protocol::lint(whole))
        if (each.level == protocol::lint_finding::severity::error && each.member.starts_with(path))
            throw protocol_error(each.member.substr(std::min(path.size() + 1, each.member.size())),
                                 each.rule);
}

}  // namespace hipchat::host
