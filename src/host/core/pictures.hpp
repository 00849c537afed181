#pragma once

#include <string_view>

namespace hipchat::host {

/// The content type of a picture, as its first bytes tell: PNG, JPEG, GIF or WebP; empty for
/// anything else.
std::string_view picture_type_of(std::string_view bytes);

/// What a file may be served as: pictures that are what they say, and plain text; everything else
/// is bytes that a browser only saves.
/// @param declared by whoever shared it
std::string_view safe_type_of(std::string_view declared, std::string_view bytes);

}  // namespace hipchat::host
