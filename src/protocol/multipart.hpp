#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::protocol {

/// A part of a multipart body (host-side.md 4, share/file).
struct body_part {
    std::string name = {};          ///< of its Content-Disposition; empty: none
    std::string file_name = {};     ///< likewise
    std::string content_type = {};  ///< without parameters, in lower case; empty: not said
    bool is_base64 = false;         ///< of its Content-Transfer-Encoding
    std::string_view bytes = {};    ///< as they were sent; points into the body
};

/// The parts of a body of that Content-Type, in their order, at most ten. Lines of the parts' heads
/// may end in a line feed alone, as scripts write them. Empty if the type is no multipart one,
/// names no boundary, or the body has another form: no part, no end, a head beyond 8 KiB.
std::optional<std::vector<body_part>> read_multipart(std::string_view content_type,
                                                     std::string_view body);

}  // namespace hipchat::protocol
