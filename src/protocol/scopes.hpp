#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/scope.hpp"

namespace hipchat::protocol {

/// A scope as a person sees it when an add-on asks for it.
struct scope_info {
    scope value;
    std::string_view id;
    std::string_view name;
    std::string_view description;
};

/// Every scope, sorted by id.
const std::array<scope_info, 9>& known_scopes() noexcept;

/// Ids separated by one blank, as token requests and grants write them.
std::string join_scopes(const std::vector<scope>& scopes);

}  // namespace hipchat::protocol
