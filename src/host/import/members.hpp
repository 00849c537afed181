#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "hipchat/json.hpp"

// Members of the documents of an export. What is absent, or of another type than expected, is
// empty: exports differ.

namespace hipchat::host::exported {

/// The objects under `name` in a list of them: [{"User": {…}}, …].
std::vector<const json::object*> list_of(const json::value& document, std::string_view name);

const json::object* object_in(const json::object& of, std::string_view name);
std::string text_in(const json::object& of, std::string_view name);
bool is_true(const json::object& of, std::string_view name);
/// An id, a number or text there.
std::string id_in(const json::object& of, std::string_view name);
/// A list of such ids.
std::vector<std::string> ids_in(const json::object& of, std::string_view name);

/// "2018-08-08T14:23:54Z 626267": the microseconds apart. Empty if it is none.
std::optional<wall_time> time_in(const json::object& of, std::string_view name);

}  // namespace hipchat::host::exported
