#pragma once

#include <string>
#include <string_view>

namespace hipchat::protocol {

/// The part of `markup` that a notification may contain (addon-side.md 8.1): listed elements and
/// attributes, href and src with http, https or mailto only, span styles of the listed properties.
/// Everything else is dropped, the text inside it kept (script, style and their like with their
/// text). The answer is well-formed HTML, safe to place inside an element.
std::string sanitize_html(std::string_view markup);

/// `text` with & < > " ' escaped.
std::string escape_html(std::string_view text);

}  // namespace hipchat::protocol
