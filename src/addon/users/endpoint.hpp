#pragma once

#include <memory>
#include <string>
#include <vector>

#include "addon/access.hpp"
#include "addon/dispatch.hpp"
#include "addon/users/authorization.hpp"
#include "addon/users/user_grants.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "hipchat/handler.hpp"

namespace hipchat::detail {
struct user_core;
}

namespace hipchat::addons {

/// Takes users back from the host's page:
///
///   GET /addon/authorized?state=…&code=…      the user agreed
///   GET /addon/authorized?state=…&error=…     or did not
///
/// Who asks is unknown. The state says for which user of which tenant this was begun, and the host
/// says whose the token is: only when both are the same person something is kept. So it does not
/// matter whose browser it is. A state is taken once. Loop thread only.
class authorized_endpoint {
public:
    /// The references outlive this.
    struct parts {
        transport::http_client& http;
        tenant_directory& tenants;
        const access& to;
        const clock& time;
        logger& log;
        const std::vector<detail::erased_handler<detail::user_core>>& handlers;
    };

    explicit authorized_endpoint(const parts& given) : parts_(given) {}

    answer serve(const inbound& request);

private:
    using tenant_ptr = tenant_directory::entry;

    task<reply> finish(protocol::unverified_page_token state, std::string state_text, secret code,
                       std::string refused_by_user, request_id by);
    task<reply> exchange(tenant_ptr of, std::string user_id, secret code, request_id by);
    task<reply> accept(tenant_ptr of, std::string user_id, user_grant granted, request_id by);
    task<> announce(tenant_ptr of, std::string user_id, request_id by);

    parts parts_;
    // States that were used, for as long as they would be taken; more than anybody makes in that
    // time.
    lru_map<std::string, std::chrono::seconds> used_{10'000};
};

}  // namespace hipchat::addons
