#pragma once

#include <chrono>
#include <string>

#include "hipchat/secret.hpp"
#include "host/api/request.hpp"

// The cookie of a session.

namespace hipchat::host {

/// What the browser shows; empty if it has no session.
secret shown_session(const request& asked);

/// Value of a Set-Cookie header: kept from scripts, not sent along from other sites except when a
/// link is followed.
/// @param is_secure the host is reached by https only
std::string session_cookie(const secret& shown, std::chrono::seconds good_for, bool is_secure);
/// One that takes it away.
std::string no_session_cookie(bool is_secure);

}  // namespace hipchat::host
