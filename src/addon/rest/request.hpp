#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hipchat/call_policy.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"

namespace hipchat::addons {

/// A call of the host's REST API as a value.
struct rest_request {
    std::string method = "GET";
    /// Below the API's base URL, encoded, with its query. "{token}" stands for the token that the
    /// call is made with.
    std::string path = {};
    /// What an error calls the path, where that holds a secret; empty: the path itself.
    std::string shown_path = {};
    /// Scopes of which one is enough, the smallest first; empty: any token will do.
    std::vector<scope> any_of = {};
    /// The room that it is about, if that is known by id: a room install reaches no other.
    std::optional<std::int64_t> room = {};

    std::string content_type = {};  ///< of the body; empty: there is none
    std::string body = {};
    std::size_t max_answer_bytes = std::size_t{1024} * 1024;

    std::optional<call_policy> policy = {};  ///< absent: the add-on's
    secret user_token = {};                  ///< instead of the add-on's own; no scope is checked
    std::string user_id = {};                ///< as this user, with what they granted; empty: not
};

}  // namespace hipchat::addons
