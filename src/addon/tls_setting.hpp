#pragma once

#include <string_view>
#include <vector>

#include "transport/http_client.hpp"

namespace hipchat::addons {

/// Reads AC_TLS: how TLS to some hosts differs. Entries are separated by ';'; one is the host's
/// name, then words of these:
///
///     chat.example.com ca=/etc/chat.pem cert=/etc/me.pem key=/etc/me.key name=chat.internal
///
/// Throws config_error naming the entry that cannot be read, and the file that cannot be opened.
std::vector<transport::host_tls> read_tls_setting(std::string_view text);

}  // namespace hipchat::addons
