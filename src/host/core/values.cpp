#include "host/core/values.hpp"

#include <algorithm>
#include <array>

namespace hipchat::host {
namespace {

constexpr std::array<std::string_view, 4> role_names{"guest", "member", "admin", "owner"};

}  // namespace

std::string_view to_string(role value) noexcept {
    return role_names.at(static_cast<std::size_t>(value));
}

std::optional<role> role_named(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(role_names, name);
    if (found == role_names.end()) return std::nullopt;
    return static_cast<role>(found - role_names.begin());
}

bool client::may(scope wanted) const noexcept {
    return std::ranges::find(descriptor.scopes, wanted) != descriptor.scopes.end();
}

json::object to_json(const room& value) {
    return {{"id", value.id},
            {"name", value.name},
            {"topic", value.topic},
            {"privacy", value.privacy},
            {"is_archived", value.is_archived}};
}

json::object to_json(const presence_status& value) {
    return {{"show", value.show}, {"status", value.status}};
}

json::object to_json(const person& value) {
    return {{"id", value.id}, {"name", value.name}, {"mention_name", value.mention_name}};
}

}  // namespace hipchat::host
