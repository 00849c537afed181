#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hipchat/json.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"

namespace hipchat::protocol {

/// A request to the token endpoint (addon-side.md 3.1).
struct token_request {
    std::string grant_type = {};
    std::optional<std::vector<scope>> scopes = {};  ///< absent: those of the descriptor
};

/// Reads a form or, by content type, a JSON body; `scope` is a text separated by blanks (in JSON an
/// array of names too). Throws protocol_error naming the member.
token_request parse_token_request(std::string_view content_type, std::string_view body);

/// A form body for client_credentials.
std::string write_token_request(const std::vector<scope>& scopes);

/// Form bodies for a user's token: the code that the host gave the user's browser, and the renewal
/// of what came of it (addon-side.md 3.1; RFC 6749 4.1.3 and 6).
/// @param redirect_uri as it was when the code was asked for, byte for byte
secret write_code_request(const secret& code, std::string_view redirect_uri);
secret write_refresh_request(const secret& refresh_token);

/// A granted token (addon-side.md 3.2).
struct token_grant {
    secret access_token = {};
    secret refresh_token = {};  ///< of a user's token; empty: it cannot be renewed
    std::chrono::seconds expires_in{0};
    std::vector<scope> scopes = {};  ///< names this library does not know are left out
    std::optional<std::int64_t> group_id = {};
    std::string group_name = {};
};

/// Throws protocol_error naming the member. expires_in must be positive.
token_grant parse_token_grant(std::string_view text);

json::object write_token_grant(const token_grant& value);

/// Client id and secret of "Authorization: Basic …"; the id is empty if the header is not that.
struct basic_credentials {
    std::string id = {};
    secret password = {};
};
basic_credentials parse_basic_authorization(std::string_view header);
secret write_basic_authorization(std::string_view id, const secret& password);

}  // namespace hipchat::protocol
