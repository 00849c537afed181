#pragma once

#include "host/api/request.hpp"
#include "host/core/files.hpp"

namespace hipchat::host {

/// A file that somebody shares, and what they say with it.
struct shared_file {
    file_draft file = {};  ///< its bytes lie in the request's body
    std::string message = {};
};

/// Reads a multipart body with a part "metadata", {"message"}, which may be missing, and a part
/// "file" (host-side.md 4); throws refusal(400) naming the part.
shared_file read_shared_file(const request& asked);

}  // namespace hipchat::host
