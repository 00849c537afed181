#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "base/log.hpp"
#include "host/api/gate.hpp"
#include "host/api/meter.hpp"
#include "host/api/refusal.hpp"
#include "host/api/request.hpp"

namespace hipchat::host {

/// Who may call a route. There is no default.
enum class caller {
    anonymous,    ///< anybody
    client,       ///< a client with its secret (Basic)
    bearer,       ///< an access token of any kind that has a scope
    addon,        ///< an add-on's access token that has a scope
    user,         ///< a person's access token that has a scope
    visitor,      ///< the host's own pages, nobody signed in
    person_here,  ///< somebody at the host's own pages or shell commands, with a role
    page,         ///< the same by a link; others are led to where they sign in
};

std::string to_string(caller who);

/// From requests to handlers. A handler gets the proof that its route's check yields, and keeps it
/// no longer than the request. Loop thread only.
class router {
public:
    using anonymous_handler = std::function<task<http_response>(const request&)>;
    using client_handler = std::function<task<http_response>(const request&, const known_client&)>;
    using bearer_handler = std::function<task<http_response>(const request&, const access&)>;
    using addon_handler = std::function<task<http_response>(const request&, const addon_access&)>;
    using user_handler = std::function<task<http_response>(const request&, const user_access&)>;
    using visitor_handler = std::function<task<http_response>(const request&, const visitor&)>;
    using person_handler = std::function<task<http_response>(const request&, const person_here&)>;
    struct page_handler {
        person_handler show;
    };

    struct route {
        std::string method = {};
        path_pattern path;
        std::vector<scope> scopes = {};  ///< of tokens: one of them is enough; empty: any token
        std::variant<anonymous_handler, client_handler, bearer_handler, addon_handler, user_handler,
                     visitor_handler, person_handler, page_handler>
            handler = {};
        role least = role::owner;  ///< of people

        caller who() const noexcept { return static_cast<caller>(handler.index()); }
    };

    router(const gate& checks, meter& limits, logger& log)
        : gate_(checks), meter_(limits), log_(log) {}
    router(const router&) = delete;
    router& operator=(const router&) = delete;

    void for_anybody(std::string method, std::string path, anonymous_handler handler);
    void for_client(std::string method, std::string path, client_handler handler);
    void for_bearer(std::string method, std::string path, std::vector<scope> scopes,
                    bearer_handler handler);
    void for_addon(std::string method, std::string path, std::vector<scope> scopes,
                   addon_handler handler);
    void for_user(std::string method, std::string path, std::vector<scope> scopes,
                  user_handler handler);
    void for_visitor(std::string method, std::string path, visitor_handler handler);
    /// @param least the role that is enough
    void for_person_here(std::string method, std::string path, role least, person_handler handler);
    void for_page(std::string path, role least, person_handler handler);

    /// A request on its way.
    struct trace {
        request_id id = request_id::none;
        const route* chosen = nullptr;  ///< null: there is none for it
    };

    const std::vector<route>& routes() const noexcept { return routes_; }

    /// The handler's answer, or what refuses the request: 404, 405 with Allow, the check's, the
    /// handler's own; never throws.
    /// @param way must live until the task has ended
    task<http_response> answer(const transport::http_request& raw, trace& way);

private:
    task<http_response> dispatch(const transport::http_request& raw, trace& way);
    task<http_response> call(const route& chosen, const request& asked);
    task<http_response> show_page(const route& chosen, const request& asked);
    // Any kind of token; counted, and answered with the headers that say so.
    task<http_response> call_with_token(const route& chosen, const request& asked);
    task<http_response> handle_with_token(const route& chosen, const request& asked,
                                          const access& who);

    const gate& gate_;
    meter& meter_;
    logger& log_;
    std::vector<route> routes_;
};

}  // namespace hipchat::host
