#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/rest/people.hpp"
#include "protocol/members.hpp"

// How answers are read (host-side.md 5): an id must be there; what else is missing, null or of
// another type is empty, because hosts differ and `json` has it all.

namespace hipchat::rest {

/// A text, or a number as text; else empty.
std::string text_in(const protocol::members& from, std::string_view name);
bool flag_in(const protocol::members& from, std::string_view name);
/// A whole number; 0 if it is not.
std::int64_t number_in(const protocol::members& from, std::string_view name);
/// The texts of an array.
std::vector<std::string> texts_in(const protocol::members& from, std::string_view name);
/// The object of that name; empty if there is none.
std::optional<protocol::members> object_in(const protocol::members& from, std::string_view name);
/// Throws protocol_error if it is missing.
std::int64_t required_id(const protocol::members& from);

resource read_resource(const protocol::members& from);
created read_created(const protocol::members& from);
user_summary read_user_summary(const protocol::members& from);
participant read_participant(const protocol::members& from);
room_summary read_room_summary(const protocol::members& from);

/// The members of each object of an array, read by `read`.
template <class Read>
auto objects_in(const protocol::members& from, std::string_view name, Read read) {
    std::vector<decltype(read(from))> found;
    const json::value* value = from.find(name);
    if (value == nullptr || !value->is_array()) return found;
    for (const protocol::members& one : from.list(name))
        found.push_back(read(one));
    return found;
}

}  // namespace hipchat::rest
