#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "protocol/oauth.hpp"
#include "transport/http_client.hpp"

namespace hipchat::addons {

/// What a token endpoint said about a client's credentials.
struct token_answer {
    enum class verdict {
        granted,
        refused,  ///< 401: the host does not know these credentials (any more)
        unclear,  ///< not reached, or an answer that proves neither
    };

    token_answer::verdict meaning = verdict::unclear;
    std::optional<protocol::token_grant> grant = {};  ///< set when granted
    int status = 0;                                   ///< 0: not reached
    std::string why = {};                             ///< for a person, when not granted
};

/// Sends any token request with a client's credentials; never throws for what the other side does.
/// @param http must outlive the task
/// @param body a form
task<token_answer> ask_token_endpoint(transport::http_client& http, std::string token_url,
                                      std::string oauth_id, secret oauth_secret, secret body);

/// Asks for a client_credentials token; never throws for what the other side does.
/// @param http must outlive the task
task<token_answer> request_token(transport::http_client& http, std::string token_url,
                                 std::string oauth_id, secret oauth_secret,
                                 std::vector<scope> scopes);

}  // namespace hipchat::addons
