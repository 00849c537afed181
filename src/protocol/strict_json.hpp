#pragma once

#include <string_view>

#include "hipchat/json.hpp"

namespace hipchat::protocol {

/// Parses JSON as a document that decides over trust: a repeated member, nesting deeper than 32,
/// bytes that are not UTF-8, a number beyond what a double can hold and text after the value are
/// refused.
/// Throws protocol_error; its what() does not quote the document.
json::value parse_strict(std::string_view text, json::storage_ptr memory = {});

}  // namespace hipchat::protocol
