#pragma once

#include <string>
#include <string_view>

#include "hipchat/json.hpp"
#include "host/core/file_rows.hpp"

namespace hipchat::host {

/// The last part of a path that somebody sent, without what a header or a page could stumble over;
/// "file" if nothing is left. At most 255 bytes, else it throws refusal(400).
std::string tidy_file_name(std::string_view sent);

/// What the feed says of a file: {"name", "size", "url"}.
json::object file_member(const kept_file& of);

}  // namespace hipchat::host
