#pragma once

#include <string>
#include <utility>

#include "hipchat/rest/messages.hpp"

namespace hipchat::rest {

/// A multipart/related body of a shared file (host-side.md 4 share/file): JSON metadata first, then
/// the bytes as they are. Its content type and its text. Throws config_error when a limit is
/// exceeded.
/// @param boundary letters and digits that neither part contains
std::pair<std::string, std::string> write_shared_file(const shared_file& what,
                                                      const std::string& boundary);

}  // namespace hipchat::rest
