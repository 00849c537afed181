#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "addon/tokens/token_source.hpp"
#include "base/loop.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "storage/tenants.hpp"
#include "transport/http_client.hpp"

namespace hipchat::addons {

/// Calls of the host's REST API (host-side.md 4) on behalf of tenants. Loop thread only.
class rest_client {
public:
    /// @param declared the descriptor's scopes: a call that needs another fails at once
    /// The references must outlive this.
    rest_client(event_loop& loop, transport::http_client& http, token_source& tokens,
                const clock& time, std::vector<scope> declared);

    /// POST room/{room}/notification. Errors: see room::send_notification.
    task<> send_notification(std::shared_ptr<const storage::tenant> tenant, std::int64_t room,
                             notification what);

private:
    task<transport::http_answer> call(std::shared_ptr<const storage::tenant> tenant, scope needed,
                                      transport::http_call request);
    task<transport::http_answer> send_patiently(transport::http_call request);

    event_loop& loop_;
    transport::http_client& http_;
    token_source& tokens_;
    const clock& clock_;
    std::vector<scope> declared_;
};

}  // namespace hipchat::addons
