#pragma once

#include <memory>
#include <string_view>

#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// A copy of `all` in which the member `name` is `value`.
/// @param all null for no members
std::shared_ptr<const json::object> with_member(const json::object* all, std::string_view name,
                                                const json::value& value);

}  // namespace hipchat::protocol
