#pragma once

#include <string>

#include "host/api/gate.hpp"
#include "host/api/limit_options.hpp"
#include "host/core/rate_limit.hpp"
#include "transport/http.hpp"

namespace hipchat::host {

/// Counts the calls of the REST API, and what is sent. Loop thread only.
class meter {
public:
    meter(const clock& time, const limit_options& limits)
        : addons_(time, limits.addon_calls, limits.window),
          users_(time, limits.user_calls, limits.window),
          messages_(time, limits.messages_a_minute, std::chrono::seconds(60)) {}

    /// Counts a call; throws a refusal with the headers of its limit.
    /// @param over status of the refusal: 403 in API v1
    allowance count_call(const access& who, int over = 429);
    /// Counts a message to a room or a person; throws the same.
    allowance count_message(const std::string& recipient, int over = 429);

    /// X-Ratelimit-…, X-FloodControl-…
    static void say_calls(transport::http_response& response, const allowance& left);
    static void say_messages(transport::http_response& response, const allowance& left);

private:
    rate_limit addons_;
    rate_limit users_;
    rate_limit messages_;
};

}  // namespace hipchat::host
