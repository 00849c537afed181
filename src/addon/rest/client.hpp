#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "addon/rest/request.hpp"
#include "addon/tokens/token_source.hpp"
#include "addon/users/user_grants.hpp"
#include "base/loop.hpp"
#include "base/metrics.hpp"
#include "hipchat/call_policy.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "storage/tenants.hpp"
#include "transport/http_client.hpp"

namespace hipchat::addons {

/// What all calls of one add-on have in common.
struct call_rules {
    std::vector<scope> declared =
        {};                     ///< the descriptor's: a call that needs another fails at once
    call_policy policy = {};    ///< of calls that do not bring their own
    std::string base_url = {};  ///< of the add-on, without a slash at the end
};

/// Calls of the host's REST API (host-side.md 4) on behalf of tenants. Loop thread only.
class rest_client {
public:
    /// The references must outlive this.
    rest_client(event_loop& loop, transport::http_client& http, token_source& tokens,
                user_grants& grants, const clock& time, call_rules rules);

    /// Makes one call: chooses the scope, renews a token that is not taken any more once, repeats
    /// by the policy. The answer's status is below 400. Errors: see hipchat/rest/client.hpp.
    task<transport::http_answer> send(std::shared_ptr<const storage::tenant> tenant,
                                      rest_request request);

    /// POST room/{room}/notification. Errors: see room::send_notification.
    task<> send_notification(std::shared_ptr<const storage::tenant> tenant, std::int64_t room,
                             notification what);

    /// Answers of hosts by status, each attempt by itself; 0: there was none.
    const status_counts& answered() const noexcept { return answered_; }

    const std::string& base_url() const noexcept { return rules_.base_url; }

private:
    struct attempt;
    struct credentials;
    // The token for the next attempt.
    task<secret> token_for(credentials& with, const rest_request& request);
    task<attempt> attempt_once(credentials& with, const rest_request& request,
                               std::chrono::milliseconds time_left);

    event_loop& loop_;
    transport::http_client& http_;
    token_source& tokens_;
    user_grants& grants_;
    const clock& clock_;
    call_rules rules_;
    status_counts answered_;
};

}  // namespace hipchat::addons
