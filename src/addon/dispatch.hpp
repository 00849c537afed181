#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "addon/pages/page_caller.hpp"
#include "addon/path_pattern.hpp"
#include "addon/signed_request.hpp"
#include "addon/tenant_directory.hpp"
#include "base/clock.hpp"
#include "base/metrics.hpp"
#include "hipchat/log.hpp"
#include "hipchat/task.hpp"
#include "transport/http.hpp"

// From a request to the one route that answers it, and no further than its caller may come. HTTP is
// one source of requests; nothing here knows it.

namespace hipchat::addons {

/// What was served at one route.
struct route_traffic {
    std::string method;
    std::string path;
    status_counts served = {};
};

/// Who sent a request, and what became of it.
struct request_trace {
    request_id id = request_id::none;
    std::string_view peer = {};      ///< address of the sender
    route_traffic* route = nullptr;  ///< set by dispatch: the route that it took
};

/// A request as a value. Views are valid until the reply is there.
struct inbound {
    std::string_view method;
    std::string_view path;
    carried_token credential;
    std::string_view body;
    std::string_view tail = {};       ///< what follows the path of a route that ends with '/'
    path_pattern::values parts = {};  ///< of the {parts} of the route's path, decoded
    std::string_view query = {};      ///< what follows '?', not decoded
    std::span<const transport::header> headers = {};
    request_trace* trace = nullptr;  ///< null: nobody asks

    /// For the log; none if there is no trace.
    request_id id() const noexcept { return trace ? trace->id : request_id::none; }

    /// Value of the first header of that name (ASCII case does not matter); empty if absent.
    std::string_view header_value(std::string_view name) const noexcept;
};

/// An answer as a value.
struct reply {
    int status = 204;
    std::string content_type = {};
    std::string body = {};
    std::string_view static_body = {};           ///< instead of body; outlives the service
    std::function<task<>()> afterwards = {};     ///< work that begins once it was sent
    std::vector<std::string_view> allowed = {};  ///< of 405: the methods that exist
                                                 /// Beside the ones that other members become.
    std::vector<std::pair<std::string, std::string>> headers = {};
    int retry_after = 0;        ///< of 503: seconds; 0: not said
    std::string_view why = {};  ///< of a refusal, for the log; constant text

    /// A refusal: `text` is shown to the caller and ends with what to do.
    static reply refused(int status, std::string text) {
        return {
            .status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
    }
};

/// An answer that is there, or one that is still being made.
using answer = std::variant<reply, task<reply>>;

/// Who may use a route, as the kind of function that serves it: there is no way to register a
/// function without saying it, and a function for one kind cannot be given another's.
struct from_host {
    std::function<answer(const signed_request&, const inbound&)> serve;
};
/// A page of the add-on, or a call that one makes: the host's signed request or the page token that
/// the add-on gave it (addon-side.md 4.4). Guests have pages too.
struct from_page {
    std::function<answer(const page_caller&, const inbound&)> serve;
};
/// The same, and the token names a user; else 403.
struct from_user {
    std::function<answer(const page_caller&, const inbound&)> serve;
};
/// Installs, uninstalls, and users who come back from the host's consent: each proves itself in a
/// way of its own.
struct lifecycle {
    std::function<answer(const inbound&)> serve;
};
struct anonymous {
    std::function<answer(const inbound&)> serve;
};
using caller_policy = std::variant<from_host, from_page, from_user, lifecycle, anonymous>;

/// The table of routes, and the check of who calls. Loop thread only; routes are added before the
/// first dispatch.
class dispatcher {
public:
    dispatcher(tenant_directory& tenants, const clock& time);

    /// @param path begins with '/'; one that ends with '/' and is longer serves everything below
    /// it;
    ///             one with {parts} is a path_pattern. Plain paths go before patterns, and those,
    ///             in the order of their adding, before what serves everything below.
    /// Throws config_error if the method and path are taken.
    void add(std::string_view method, std::string path, caller_policy policy);

    /// Does not copy `request`: it must live until the answer is there.
    answer dispatch(const inbound& request) const;

    struct address {
        std::string method;
        std::string path;
    };
    /// All routes that need a proof of who calls, for the self-test at start: a path for each that
    /// leads to it.
    std::vector<address> guarded() const;

    /// What was served at each route since the start. Grows with add() only.
    const std::deque<route_traffic>& traffic() const noexcept { return traffic_; }

private:
    struct route {
        std::string method;
        caller_policy policy;
        route_traffic* traffic;
    };
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>()(text);
        }
    };
    using routes_at_path = std::vector<route>;

    struct varying {
        path_pattern path;
        routes_at_path routes;
    };
    /// Either kind of token, of which nothing but the issuer is known.
    using carried_proof = std::variant<protocol::unverified_token, protocol::unverified_page_token>;

    routes_at_path& routes_for(const std::string& path);
    const routes_at_path* find(std::string_view path, inbound& found) const;
    answer serve(const caller_policy& policy, const inbound& request) const;
    answer serve_proved(const caller_policy& policy, const inbound& request) const;
    answer serve_known(const caller_policy& policy, const inbound& request,
                       carried_proof proof) const;
    task<reply> serve_after_loading(const caller_policy& policy, const inbound& request,
                                    carried_proof proof) const;
    answer serve_verified(const caller_policy& policy, const inbound& request, carried_proof proof,
                          tenant_directory::entry tenant) const;
    answer serve_page(const caller_policy& policy, const inbound& request,
                      const page_caller& caller) const;

    tenant_directory& tenants_;
    const clock& clock_;
    std::deque<route_traffic> traffic_;
    std::unordered_map<std::string, routes_at_path, text_hash, std::equal_to<>> exact_;
    std::vector<varying> varying_;
    std::vector<std::pair<std::string, routes_at_path>> below_;
};

/// Waits for an answer that may be there already.
task<reply> settle(answer pending);

}  // namespace hipchat::addons
