#pragma once

// Everything a first add-on needs. Whoever looks into payloads adds <hipchat/json.hpp>.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hipchat/background.hpp"
#include "hipchat/call_policy.hpp"
#include "hipchat/command.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/events.hpp"
#include "hipchat/failure.hpp"
#include "hipchat/glance.hpp"
#include "hipchat/glance_query.hpp"
#include "hipchat/handler.hpp"
#include "hipchat/hooks.hpp"
#include "hipchat/lifecycle.hpp"
#include "hipchat/log.hpp"
#include "hipchat/middleware.hpp"
#include "hipchat/notification.hpp"
#include "hipchat/page.hpp"
#include "hipchat/page_template.hpp"
#include "hipchat/pages.hpp"
#include "hipchat/response.hpp"
#include "hipchat/run.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/task.hpp"
#include "hipchat/tenants.hpp"
#include "hipchat/user_tokens.hpp"
#include "hipchat/version.hpp"

namespace hipchat {

/// An add-on: what it is called, what it listens to. Declare everything, then give it to run().
///
/// Handlers run on the loop thread and must not block it; what one throws is logged and does not
/// end the add-on. The declarations of webhooks are in <hipchat/hooks.hpp>.
class addon : public detail::hears_events<addon, hook, slash_command>,
              public detail::shows_pages<addon> {
public:
    /// @param about may leave out what the environment or the library completes
    explicit addon(descriptor about);
    addon(addon&&) noexcept;
    addon& operator=(addon&&) noexcept;
    ~addon();

    /// Says where the add-on lies below the base URL (AC_BASE_URL): "/karma". Without it, an add-on
    /// that runs alone lies at the base URL itself, and one of several at "/" and its key.
    /// run() throws if the path does not begin with '/', ends with one, or belongs to another.
    addon& at(std::string path);

    /// Declares a glance and asks `handler` what it shows, for each person who comes into a room.
    /// The handler takes a glance_query& and returns a hipchat::glance (or its text), or a task of
    /// it. The query URL, /glance/ and the key, is the library's.
    template <class Handler>
    addon& glance(glance_module about, Handler handler) {
        static_assert(
            !std::is_void_v<
                typename detail::task_result<std::invoke_result_t<Handler&, glance_query&>>::type>,
            "a glance's handler returns what the glance shows");
        add_glance(std::move(about),
                   detail::erase_handler<glance_query, detail::query_core, hipchat::glance>(
                       std::move(handler)));
        return *this;
    }

    /// Declares a static glance, which shows its name.
    addon& glance(glance_module about);

    /// Calls `handler` once an installation is stored. It returns void or task<>.
    template <class Handler>
    addon& on_installed(Handler handler) {
        add_installed(detail::erase_handler<installed, detail::lifecycle_core>(std::move(handler)));
        return *this;
    }

    /// Calls `handler` once an uninstall is confirmed. It returns void or task<>.
    template <class Handler>
    addon& on_uninstalled(Handler handler) {
        add_uninstalled(
            detail::erase_handler<uninstalled, detail::lifecycle_core>(std::move(handler)));
        return *this;
    }

    /// Calls `handler` once an update of an installation is stored. It returns void or task<>.
    template <class Handler>
    addon& on_updated(Handler handler) {
        add_updated(detail::erase_handler<updated, detail::lifecycle_core>(std::move(handler)));
        return *this;
    }

    /// Asks users for these scopes, each on a page of the host's (page_request::authorization_url),
    /// so that the add-on can act for them (tenant::users). The descriptor names the address that
    /// they come back to. Throws config_error if there are none, or if it was said before.
    addon& user_tokens(std::vector<scope> scopes);

    /// Calls `handler`, which takes a user_authorized& and returns void or task<>, once what a user
    /// granted is stored.
    template <class Handler>
    addon& on_user_authorized(Handler handler) {
        add_user_authorized(
            detail::erase_handler<user_authorized, detail::user_core>(std::move(handler)));
        return *this;
    }

    /// Only these groups may install the add-on; others are refused with 403 and the reason. The
    /// setting AC_ALLOWED_GROUPS replaces them. Ids of groups are their host's own: name the host
    /// too (AC_ALLOWED_HOSTS).
    addon& allow_groups(std::vector<std::int64_t> ids);

    /// Calls `handler`, which takes a background& and returns void or task<>, once the add-on runs.
    template <class Handler>
    addon& on_start(Handler handler) {
        add_background(
            {}, detail::erase_handler<background, detail::background_core>(std::move(handler)));
        return *this;
    }

    /// Calls `handler` again and again, the first time one interval after the start. When it is
    /// still at work at its next time, that time is left out. Throws config_error if the interval
    /// is not positive. At the end a drain waits for what is under way.
    template <class Handler>
    addon& every(std::chrono::milliseconds interval, Handler handler) {
        if (interval <= std::chrono::milliseconds(0))
            throw config_error("every: the interval must be longer than nothing");
        add_background(interval, detail::erase_handler<background, detail::background_core>(
                                     std::move(handler)));
        return *this;
    }

    /// The installations, while the add-on runs; from the loop thread, which is where handlers are.
    /// Throws config_error while it does not run.
    hipchat::tenants tenants() const;

    /// How calls of the host behave, unless a call says otherwise.
    addon& calls(call_policy policy);

    /// Wraps all requests of the add-on in `middleware`, called as
    ///     task<outcome>(const passing_request&, next)
    /// which answers by itself or goes on with `co_await next()` and may change what comes back.
    /// The first one added is the outermost. Callers are checked behind it, by the routes.
    template <class Middleware>
    addon& use(Middleware middleware) {
        static_assert(
            std::is_invocable_r_v<task<outcome>, Middleware&, const passing_request&, next>,
            "middleware takes (const passing_request&, next) and returns task<outcome>");
        add_middleware(std::move(middleware));
        return *this;
    }

    /// Calls `handler` with the hipchat::failure when a handler, or middleware, has thrown. It
    /// returns void or task<>; a drain waits for it. May be added several times.
    template <class Handler>
    addon& on_error(Handler handler) {
        static_assert(std::is_invocable_v<Handler&, const failure&>,
                      "this handler's parameter must be a const hipchat::failure&");
        auto shared = std::make_shared<Handler>(std::move(handler));
        add_error_handler(
            [shared](failure what) { return detail::call_on_error(shared, std::move(what)); });
        return *this;
    }

    /// For the library: what was declared.
    const detail::declaration& declared() const noexcept { return *declared_; }

private:
    template <class Self, class Hook, class Command>
    friend class detail::hears_events;

    template <class Self>
    friend class detail::shows_pages;

    hook add_hook(std::string_view event, std::string pattern,
                  detail::erased_handler<detail::event_core> handler);
    hook add_dynamic_webhook(std::string_view event, std::string name,
                             detail::erased_handler<detail::event_core> handler);
    slash_command add_command(command_info about,
                              detail::erased_handler<detail::event_core> handler);
    void add_glance(glance_module about,
                    detail::erased_handler<detail::query_core, hipchat::glance> handler);
    void add_middleware(detail::middleware link);
    void add_error_handler(std::function<task<>(failure)> handler);
    void add_installed(detail::erased_handler<detail::lifecycle_core> handler);
    void add_updated(detail::erased_handler<detail::lifecycle_core> handler);
    void add_user_authorized(detail::erased_handler<detail::user_core> handler);
    void add_background(std::chrono::milliseconds interval,
                        detail::erased_handler<detail::background_core> handler);
    void add_uninstalled(detail::erased_handler<detail::lifecycle_core> handler);

    std::unique_ptr<detail::declaration> declared_;
};

}  // namespace hipchat
