#pragma once

#include <string_view>
#include <vector>

#include "hipchat/json.hpp"
#include "host/core/values.hpp"

// What webhooks carry (addon-side.md 5), and histories show. Pure.

namespace hipchat::host {

/// The request's body.
/// @param base_url  of the host, without a slash at the end
/// @param mentioned whom the message mentions
json::object payload_of(const change& made, const room& where, const client& owner,
                        const hook& wanted, std::string_view base_url,
                        const std::vector<person>& mentioned);

/// A message or notification as events and histories have it (addon-side.md 5.3).
/// @param mentioned whom a message mentions
json::object message_item(const change& said, std::string_view base_url,
                          const std::vector<person>& mentioned);

/// A room as events and lists have it (addon-side.md 5.3).
json::object room_item(const room& value, std::string_view base_url);

/// The room that a change is about, as it was then: for one that is gone since.
/// @param content of a change that has "room"
room room_in(const json::object& content);

}  // namespace hipchat::host
