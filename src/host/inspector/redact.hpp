#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What may be shown of an exchange. A secret in it becomes "…".

namespace hipchat::host {

constexpr std::string_view hidden = "…";
constexpr std::size_t longest_shown = 8UL * 1024;

/// A JSON or form body without the values of members that carry secrets or tokens (oauthSecret,
/// access_token, refresh_token, client_secret, password, signed_request, auth_token), at most
/// longest_shown bytes and always UTF-8. Text that is neither JSON nor a form, and yet names one of
/// them, is not shown at all.
std::string redact_body(std::string_view body);

/// A URL with the values of signed_request, auth_token, access_token and token in its query hidden,
/// and what follows /oauth/token/ in its path.
std::string redact_url(std::string_view url);

}  // namespace hipchat::host
