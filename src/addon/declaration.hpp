#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "addon/cores.hpp"
#include "addon/webhooks/declared_hook.hpp"
#include "hipchat/call_policy.hpp"
#include "hipchat/descriptor.hpp"
#include "hipchat/failure.hpp"
#include "hipchat/glance.hpp"
#include "hipchat/handler.hpp"
#include "hipchat/middleware.hpp"
#include "hipchat/pages.hpp"

namespace hipchat::detail {

/// Where the content of a declared glance comes from.
struct glance_source {
    std::string key = {};
    erased_handler<query_core, glance> handler = {};
};

/// One address that a page, or a call of one, is served at.
struct page_route {
    route_caller who = route_caller::page;
    std::string method = {};
    std::string path = {};
    page_handler handler = {};
};

/// A folder whose files anybody may have.
struct static_folder {
    std::string path = {};  ///< begins and ends with '/'
    std::string folder = {};
};

/// Work that no request asks for.
struct background_work {
    std::chrono::milliseconds interval{0};  ///< 0: once, at the start
    erased_handler<background_core> handler = {};
};

/// The running add-on, for addon::tenants(); null while it does not run.
struct running_link {
    const addons::access* to = nullptr;
};

/// What an author declared, before settings and defaults complete it. Immutable once it runs.
struct declaration {
    descriptor about = {};
    std::string path = {};        ///< below the base URL of the process; empty: not said
    std::deque<hook> hooks = {};  ///< where they are does not change
    std::deque<dynamic_hook> dynamic_hooks = {};
    call_policy calls = {};
    std::vector<glance_source> glances = {};  ///< each belongs to a module of `about`
    std::vector<page_route> page_routes = {};
    std::vector<static_folder> static_folders = {};
    std::vector<erased_handler<lifecycle_core>> on_installed = {};
    std::vector<erased_handler<lifecycle_core>> on_updated = {};
    std::vector<erased_handler<lifecycle_core>> on_uninstalled = {};
    std::vector<scope> user_scopes = {};  ///< asked of users; empty: no user is asked for anything
    std::vector<erased_handler<user_core>> on_user_authorized = {};
    std::vector<middleware> middlewares = {};  ///< the first is the outermost
    std::vector<std::function<task<>(failure)>> on_error = {};
    std::vector<background_work> background = {};
    std::vector<std::int64_t> allowed_groups = {};  ///< empty: all
    /// Set by the service that runs this, the one thing that changes then.
    std::shared_ptr<running_link> running = std::make_shared<running_link>();
};

}  // namespace hipchat::detail
